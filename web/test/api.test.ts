import { describe, expect, test } from 'vitest';
import { Api, type Keep } from '../src/lib/api';
import { Refusal } from '../src/lib/problems';

/** A box that takes only its newest tokens, each refresh token once. */
class Box {
  access = 'a0';
  refresh = 'r0';
  asked: string[] = [];
  refreshes = 0;

  send = (async (url: string, { method, headers, body }: { method: string; headers: Record<string, string>; body: string | null }) => {
    this.asked.push(`${method} ${url}`);
    await Promise.resolve();
    if (url === '/api/auth/refresh_token') return this.renew(JSON.parse(body!).refresh_token);
    if (url === '/api/auth/sign_in') return this.tokens();
    if (headers.Authorization !== `Bearer ${this.access}`) return refused(401, 'UNAUTHORIZED', 'Sign in again.');
    return answer(200, { url });
  }) as unknown as typeof fetch;

  /** As after an hour. */
  expire() {
    this.access = 'expired';
  }

  private renew(token: string) {
    if (token !== this.refresh) return refused(401, 'UNAUTHORIZED', 'This refresh token no longer holds.');
    this.refreshes++;
    return this.tokens();
  }

  private tokens() {
    const turn = this.asked.length;
    [this.access, this.refresh] = [`a${turn}`, `r${turn}`];
    return answer(200, { access_token: this.access, refresh_token: this.refresh });
  }
}

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const refused = (status: number, code: string, message: string, detail = {}) => answer(status, { errors: [{ code, message, detail }] });

function keep(): Keep & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value), removeItem: (key) => void held.delete(key) };
}

async function signedIn() {
  const box = new Box();
  const kept = keep();
  const api = new Api(kept, box.send);
  await api.signIn('admin', 'secret');
  return { box, kept, api };
}

describe('the API client', () => {
  test('keeps only the refresh token where a reload finds it', async () => {
    const { box, kept } = await signedIn();
    expect([...kept.held.values()]).toEqual([box.refresh]);
  });

  test('asks for a code where the box wants one, and holds nothing before it fits', async () => {
    const kept = keep();
    const api = new Api(kept, (async (url: string, { body }: { body: string }) => {
      if (url === '/api/auth/sign_in') return answer(200, { two_factor_enabled: true, token: 't1' });
      const { token, code } = JSON.parse(body);
      return token === 't1' && code === '123456' ? answer(200, { access_token: 'a', refresh_token: 'r' })
        : refused(400, 'VALIDATE_FAILED', 'This code does not fit.', { field: 'code' });
    }) as unknown as typeof fetch);
    expect(await api.signIn('mia', 'secret')).toBe('t1');
    expect(kept.held.size).toBe(0);
    await expect(api.complete('t1', '000000')).rejects.toMatchObject({ status: 400 });
    expect(kept.held.size).toBe(0);
    await api.complete('t1', '123456');
    expect([...kept.held.values()]).toEqual(['r']);
  });

  test('goes on with the tokens that another provider sent the browser back with', () => {
    const kept = keep();
    const api = new Api(kept);
    expect(api.adopt(new URLSearchParams('error=access_denied'))).toBe(false);
    expect(api.adopt(new URLSearchParams('token_type=Bearer&access_token=a&refresh_token=r&expires_in=3600'))).toBe(true);
    expect([...kept.held.values()]).toEqual(['r']);
  });

  test('renews an expired access token and asks again', async () => {
    const { box, api } = await signedIn();
    box.expire();
    expect(await api.get('/users')).toEqual({ url: '/api/users' });
    expect(box.refreshes).toBe(1);
  });

  test('spends a refresh token once, however many requests need it', async () => {
    const { box, api } = await signedIn();
    box.expire();
    await Promise.all(['/users', '/phones', '/doors', '/cdrs'].map((path) => api.get(path)));
    expect(box.refreshes).toBe(1);
  });

  test('goes on after a reload, with a new refresh token', async () => {
    const { box, kept } = await signedIn();
    const before = box.refresh;
    const reloaded = new Api(kept, box.send);
    expect(await reloaded.resume()).toBe(true);
    expect(box.refresh).not.toBe(before);
    expect([...kept.held.values()]).toEqual([box.refresh]);
  });

  test('says that one is signed out when the refresh token is spent', async () => {
    const { box, kept, api } = await signedIn();
    let out = 0;
    api.onSignedOut = () => out++;
    box.expire();
    box.refresh = 'another';
    await expect(api.get('/users')).rejects.toMatchObject({ status: 401 });
    expect(out).toBe(1);
    expect(kept.held.size).toBe(0);
  });

  test('keeps the sign-in while the box is only in trouble', async () => {
    const kept = keep();
    kept.setItem('gatehouse.refresh_token', 'r1');
    const api = new Api(kept, (async () => refused(503, 'UNAVAILABLE', 'The box is busy.')) as typeof fetch);
    await expect(api.resume()).rejects.toMatchObject({ status: 503 });
    expect(kept.held.size).toBe(1);
  });

  test('tells every broken field', async () => {
    const broken = { errors: [
      { code: 'VALIDATE_FAILED', message: 'email must be an address.', detail: { field: 'email' } },
      { code: 'CONFLICT', message: '101 belongs to Mia.', detail: { field: 'extension_number' } },
      { code: 'UNKNOWN', message: 'And more.', detail: {} },
    ] };
    const api = new Api(keep(), (async () => answer(400, broken)) as typeof fetch);
    const refusal = await api.post('/users', {}).then(() => { throw new Error('taken'); }, (error: Refusal) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.about('email')).toBe('email must be an address.');
    expect(refusal.beside(['email'])).toBe('101 belongs to Mia. And more.');
  });

  test('says in words that the box does not answer', async () => {
    const api = new Api(keep(), (async () => { throw new TypeError('failed'); }) as unknown as typeof fetch);
    await expect(api.get('/users')).rejects.toMatchObject({ status: 0, message: expect.stringContaining('does not answer') });
  });

  test('reads every page of a long list', async () => {
    const numbers = Array.from({ length: 230 }, (_, n) => n);
    const api = new Api(keep(), (async (url: string) => {
      const query = new URL(url, 'http://box').searchParams;
      const skip = Number(query.get('skip'));
      return answer(200, { count: 230, items: numbers.slice(skip, skip + Number(query.get('top'))) });
    }) as typeof fetch);
    expect(await api.all('/users')).toEqual(numbers);
  });
});
