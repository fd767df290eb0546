import { Refusal, unreachable, type Problem } from './problems';

interface Tokens {
  access_token: string;
  refresh_token: string;
}

/** Where the refresh token outlives a reload; sessionStorage in the page. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Page<T> {
  count: number;
  items: T[];
}

const REFRESH = 'gatehouse.refresh_token';

/**
 * The box's API. The access token lives in memory only. A 401 fetches new tokens once, however many requests ran into it,
 * because each refresh token works once.
 */
export class Api {
  /** Called when the sign-in has ended and cannot be renewed. */
  onSignedOut: () => void = () => {};
  private access = '';
  private renewal: Promise<boolean> | undefined;

  constructor(private readonly keep: Keep, private readonly send: typeof fetch = (...request) => fetch(...request)) {}

  /** Gives a token when a code has to come too: see {@link complete}. */
  async signIn(username: string, password: string): Promise<string | undefined> {
    const answer = await this.json<Tokens & { two_factor_enabled?: boolean; token: string }>(
      await this.raw('POST', '/auth/sign_in', { username, password }));
    if (answer.two_factor_enabled) return answer.token;
    this.hold(answer);
    return undefined;
  }

  async complete(token: string, code: string): Promise<void> {
    this.hold(await this.json<Tokens>(await this.raw('POST', '/auth/verify_otp', { token, code })));
  }

  /** Goes on with what another provider's sign-in came back with, in the address. */
  adopt(fragment: URLSearchParams): boolean {
    const [access_token, refresh_token] = [fragment.get('access_token'), fragment.get('refresh_token')];
    if (!access_token || !refresh_token) return false;
    this.hold({ access_token, refresh_token });
    return true;
  }

  /** Goes on after a reload. False: one has to sign in. */
  resume(): Promise<boolean> {
    return this.renew();
  }

  async signOut(): Promise<void> {
    try {
      await this.raw('POST', '/auth/sign_out');
    } finally {
      this.forget();
    }
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  /** Every item, page by page of 100 as the contract allows. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (;;) {
      const page = await this.get<Page<T>>(`${path}?skip=${items.length}&top=100`);
      items.push(...page.items);
      if (page.items.length === 0 || items.length >= page.count) return items;
    }
  }

  /** An answer whose body is read as it comes. */
  async stream(path: string, signal: AbortSignal): Promise<Response> {
    const response = await this.authorized('GET', path, undefined, signal);
    if (!response.ok) throw await refusal(response);
    return response;
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.json<T>(await this.authorized(method, path, body));
  }

  private async authorized(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const used = this.access;
    const response = await this.raw(method, path, body, signal);
    if (response.status !== 401) return response;
    const renewed = this.access !== used || (await this.renew());
    if (renewed) return this.raw(method, path, body, signal);
    this.onSignedOut();
    return response;
  }

  private renew(): Promise<boolean> {
    this.renewal ??= this.exchange().finally(() => (this.renewal = undefined));
    return this.renewal;
  }

  private async exchange(): Promise<boolean> {
    const refresh_token = this.keep.getItem(REFRESH);
    if (!refresh_token) return false;
    const response = await this.raw('POST', '/auth/refresh_token', { refresh_token });
    if (response.ok) {
      this.hold(await response.json());
      return true;
    }
    if (response.status >= 500) throw await refusal(response); // the box is in trouble; the token may still hold
    this.forget();
    return false;
  }

  private hold(tokens: Tokens): void {
    this.access = tokens.access_token;
    this.keep.setItem(REFRESH, tokens.refresh_token);
  }

  /** For when the box has ended the sign-in already. */
  forget(): void {
    this.access = '';
    this.keep.removeItem(REFRESH);
  }

  private async raw(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (this.access) headers.Authorization = `Bearer ${this.access}`;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const content = body === undefined ? null : JSON.stringify(body);
    try {
      return await this.send(`/api${path}`, { method, headers, body: content, signal: signal ?? null });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable();
    }
  }

  private async json<T>(response: Response): Promise<T> {
    if (!response.ok) throw await refusal(response);
    const text = await response.text();
    return (text ? JSON.parse(text) : {}) as T;
  }
}

async function refusal(response: Response): Promise<Refusal> {
  const body = await response.json().catch(() => ({}));
  const errors: { code: string; message: string; detail?: { field?: string } }[] = body.errors ?? [];
  const problems: Problem[] = errors.map(({ code, message, detail }) => ({ code, message, ...(detail?.field ? { field: detail.field } : {}) }));
  return new Refusal(response.status, problems.length ? problems : [{ code: 'UNKNOWN', message: `The box answered ${response.status}.` }]);
}
