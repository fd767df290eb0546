import type { Api } from '../lib/api';
import { Refusal } from '../lib/problems';

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

  /** What another provider, or the box, says about a sign-in that did not come to be. */
  said = $state('');
  /** Of a mailed link: it chooses a new password. */
  resetToken = $state('');
  /** Signed in, but for a password of one's own: nothing else is allowed before that. */
  owesPassword = $state(false);
  /** Whether Microsoft vouches for people here. */
  microsoft = $state(false);

  /** Takes what stands in the address, which is nobody else's to see: the page goes on under a plain one. */
  arrive(address: URL): URL | undefined {
    const fragment = new URLSearchParams(address.hash.slice(1));
    this.resetToken = address.searchParams.get('token') ?? '';
    if (fragment.has('error')) this.said = fragment.get('error_description') ?? 'Microsoft did not let you in.';
    const adopted = this.api.adopt(fragment);
    return adopted || this.said || this.resetToken ? new URL('/', address) : undefined;
  }

  async resume(): Promise<void> {
    if (this.resetToken) {
      this.state = 'out';
      return;
    }
    if (await this.api.resume().catch(() => false)) await this.enter();
    else this.state = 'out';
  }

  /** Gives a token when a code is asked for too. */
  async signIn(username: string, password: string): Promise<string | undefined> {
    const token = await this.api.signIn(username, password);
    if (!token) await this.enter();
    return token;
  }

  /** False: none can be mailed, the authenticator app shows one. */
  async sendCode(token: string): Promise<boolean> {
    try {
      await this.api.post('/auth/send_otp', { token });
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return false;
      throw error;
    }
  }

  async complete(token: string, code: string): Promise<void> {
    await this.api.complete(token, code);
    await this.enter();
  }

  async forgot(username: string): Promise<void> {
    await this.api.post('/auth/forget_password', { username, domain: location.hostname, callback_url: `${location.origin}/` });
  }

  async choose(password: string): Promise<void> {
    await this.api.post('/auth/reset_password', { token: this.resetToken, new_password: password });
    this.resetToken = '';
  }

  /** Ends the sign-in: the new password is proved by signing in with it. */
  async change(old_password: string, new_password: string): Promise<void> {
    await this.api.post('/user/password', { old_password, new_password });
    this.api.forget();
    this.owesPassword = false;
  }

  async leave(): Promise<void> {
    this.owesPassword = false;
    await this.api.signOut();
  }

  async ask(): Promise<void> {
    this.microsoft = (await this.api.get<{ enable_ms365_integration: boolean }>('/info')).enable_ms365_integration;
  }

  /** Where Microsoft asks. */
  async byMicrosoft(): Promise<string> {
    const body = { domain: location.hostname, callback_url: `${location.origin}/` };
    return (await this.api.post<{ url: string }>('/auth/sign_in/microsoft', body)).url;
  }

  private async enter(): Promise<void> {
    const { role, password_force_reset } = await this.api.get<{ role: string; password_force_reset: boolean }>('/auth/user');
    this.owesPassword = password_force_reset;
    if (password_force_reset) {
      this.state = 'out';
      return;
    }
    const { permissions } = await this.api.get<{ permissions: Record<string, Record<string, boolean>> }>(`/roles/${encodeURIComponent(role)}`);
    this.role = role;
    this.permissions = permissions;
    this.state = 'in';
  }
}
