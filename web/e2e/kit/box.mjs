import assert from 'node:assert/strict';
import { request } from 'playwright-core';

const SECRET = 'Lantern+94.Quay'; // what the password policy of a new box takes

/** The box under test, as web/e2e/run started it. */
export const box = {
  url: need('GATEHOUSE_URL'),
  httpUrl: need('GATEHOUSE_HTTP_URL'),
  sipPort: Number(need('GATEHOUSE_SIP_PORT')),
  password: need('GATEHOUSE_ADMIN_PASSWORD'),
};

function need(variable) {
  return process.env[variable] ?? assert.fail(`${variable} is not set; web/e2e/run sets it.`);
}

/** The API beside the page: to prepare what a test needs, and to see that the box knows what the page shows. */
export class ApiClient {
  static async signIn(username = 'admin', password = box.password) {
    const open = await request.newContext({ ignoreHTTPSErrors: true });
    const answer = await open.post(`${box.url}/api/auth/sign_in`, { data: { username, password } });
    assert.equal(answer.status(), 200, await answer.text());
    const { access_token } = await answer.json();
    await open.dispose();
    return new ApiClient(await request.newContext({ ignoreHTTPSErrors: true, extraHTTPHeaders: { Authorization: `Bearer ${access_token}` } }));
  }

  constructor(context) {
    this.context = context;
  }

  async get(path) {
    return this.read(await this.context.get(`${box.url}/api${path}`));
  }

  async post(path, data) {
    return this.read(await this.context.post(`${box.url}/api${path}`, { data }));
  }

  async read(answer) {
    const text = await answer.text();
    assert.ok(answer.ok(), `${answer.url()} answered ${answer.status()}: ${text}`);
    return text ? JSON.parse(text) : {};
  }

  /** @returns its id */
  async user(number, display_name, more = {}) {
    const name = display_name.toLowerCase().replaceAll(' ', '.');
    return (await this.post('/users', {
      name, display_name, email: `${name}@example.org`, role: 'StandardUser', extension_number: number,
      password: SECRET, extension_password: SECRET, voicemail_pin: '135790', ...more,
    })).id;
  }

  /** @returns its provisioning address */
  async phone(userId, mac, filename, model, more = {}) {
    return (await this.post(`/users/${userId}/phones`, {
      mac, filename, model, vendor: filename.replace('.ph.xml', ''), password: 'web-password', language: 'ENGLISH', transfer: 'BLIND',
      timezone: 'Europe/Berlin', codecs: ['PCMU', 'PCMA'], interface: 'PRIVATE_IPV4', preferred_transport: 'UDP', ...more,
    })).url;
  }

  close() {
    return this.context.dispose();
  }
}

/** A line of baresip's accounts for a user that `user` made. */
export const account = (number) =>
  `<sip:${number}@127.0.0.1:${box.sipPort};transport=udp>;auth_user=${number};auth_pass=${SECRET};regint=600`;
