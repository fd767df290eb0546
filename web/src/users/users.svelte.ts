import type { Api } from '../lib/api';
import { newPassword, newPin, type PasswordPolicy } from '../lib/chance';
import type { BoxEvent } from '../lib/events';
import { byNumber } from '../lib/numbers';

export type Status = 'ONLINE' | 'ON_CALL' | 'OFFLINE';

export interface User {
  id: string;
  name: string;
  display_name: string;
  email: string;
  role: string;
  enabled: boolean;
  extension_number: string | null;
}

/** What an office types; the rest is made. */
export interface Draft {
  name: string;
  display_name: string;
  email: string;
  extension_number: string;
  role: string;
}

/** To be handed to the new user; the box never shows it again. */
export interface Handover {
  id: string;
  user: Draft;
  password: string;
  voicemail_pin: string;
}

const ASKED_AT_ONCE = 6; // as many as a browser sends side by side

/** Users and what each is doing now. */
export class Users {
  items = $state<User[]>([]);
  loaded = $state(false);
  statuses = $state<Record<string, Status>>({});

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    this.items = (await this.api.all<User>('/users')).sort((a, b) => byNumber(a.extension_number, b.extension_number));
    this.loaded = true;
    const waiting = this.items.filter((user) => user.extension_number);
    const ask = async () => {
      for (let user = waiting.shift(); user; user = waiting.shift()) await this.ask(user.id);
    };
    await Promise.all(Array.from({ length: ASKED_AT_ONCE }, ask));
  }

  async on(event: BoxEvent): Promise<void> {
    if (event.type === 'user') await this.load();
    if (event.type === 'registration') await this.askNumber(event.extension_number);
    if (event.type === 'call') await Promise.all([event.caller, event.callee].map((number) => this.askNumber(number)));
  }

  name(number: string | null): string {
    return this.items.find((user) => user.extension_number === number)?.display_name ?? '';
  }

  /** The lowest number that nobody has, from 101 on. */
  freeNumber(): string {
    const taken = new Set(this.items.map((user) => user.extension_number));
    let number = 101;
    while (taken.has(String(number))) number++;
    return String(number);
  }

  async add(draft: Draft): Promise<Handover> {
    const policy = await this.api.get<PasswordPolicy>('/tenant/password_policy');
    const own = [draft.name, draft.extension_number, draft.email.split('@')[0] ?? ''];
    const made = { password: newPassword(policy, own), voicemail_pin: newPin() };
    const { id } = await this.api.post<{ id: string }>('/users', { ...draft, ...made, extension_password: newPassword(policy, own) });
    await this.load();
    return { id, user: draft, ...made };
  }

  private async askNumber(number: string): Promise<void> {
    const user = this.items.find((one) => one.extension_number === number);
    if (user) await this.ask(user.id);
  }

  private async ask(id: string): Promise<void> {
    this.statuses[id] = (await this.api.get<{ status: Status }>(`/users/${id}/status`)).status;
  }
}
