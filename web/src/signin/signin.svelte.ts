import type { Api } from '../lib/api';

/** Who is signed in, and what their role may do. */
export class SignedIn {
  state = $state<'unknown' | 'out' | 'in'>('unknown');
  role = $state('');
  private permissions = $state<Record<string, Record<string, boolean>>>({});

  constructor(private readonly api: Api) {}

  /** @param permission dotted, as in user_management.users */
  may(permission: string): boolean {
    const [group = '', name = ''] = permission.split('.');
    return this.permissions[group]?.[name] === true;
  }

  async resume(): Promise<void> {
    if (await this.api.resume().catch(() => false)) await this.enter();
    else this.state = 'out';
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.api.signIn(username, password);
    await this.enter();
  }

  private async enter(): Promise<void> {
    const { role } = await this.api.get<{ role: string }>('/auth/user');
    const { permissions } = await this.api.get<{ permissions: Record<string, Record<string, boolean>> }>(`/roles/${encodeURIComponent(role)}`);
    this.role = role;
    this.permissions = permissions;
    this.state = 'in';
  }
}
