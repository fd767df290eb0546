import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ApiClient, box } from './kit/box.mjs';
import { Browser, shoot } from './kit/browser.mjs';
import { assertWellKept } from './kit/look.mjs';
import { Mailbox } from './kit/mailbox.mjs';

const CHOSEN = 'Harbour=27.Crane'; // what the password policy of a new box takes
const LINK = /https:\/\/\S*\?token=[0-9a-v]+/;
let browser, api, mailbox, page;

before(async () => {
  [browser, api, mailbox] = await Promise.all([Browser.start(), ApiClient.signIn(), Mailbox.start()]);
  await api.post('/tenant/notification', {
    type: 'SMTP', server: '127.0.0.1', port: mailbox.port, username: 'box@example.org', enable_tls_ssl: false, notify_user_registration: true,
  });
});

afterEach(() => page?.context().close());

after(async () => {
  mailbox?.close();
  await browser?.close();
  await api?.close();
});

/** The link of a mail, by the address that this browser reaches the box at. */
const linkTo = async (address, pattern) => LINK.exec((await mailbox.find(address, pattern)).input)[0].replace(/https:\/\/[^/]*/, box.url);
const press = (name) => page.getByRole('button', { name, exact: true }).click();
const inside = () => page.getByRole('button', { name: 'Sign out' }).waitFor();

async function choose(link) {
  page = await browser.page();
  await page.goto(link);
  await page.getByLabel('New password').fill(CHOSEN);
  assert.ok(!page.url().includes('token'), 'the token does not stay where others read it');
  await press('Choose this password');
  await page.getByRole('status').getByText('Your new password holds').waitFor();
}

async function signIn(name, password) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await press('Sign in');
}

test('a new user chooses a password by the link of the welcome', async () => {
  await api.user('201', 'Vera Moser');
  await choose(await linkTo('vera.moser@example.org', /you have an account/));
  await signIn('vera.moser', CHOSEN);
  await inside();
  assert.deepEqual(page.wrong, []);
});

test('who forgot the password gets a link, and the page says the same to who is nobody', async () => {
  await api.user('202', 'Otto Frey');
  await mailbox.find('otto.frey@example.org', LINK);
  page = await browser.page();
  await page.goto(box.url);
  for (const name of ['nobody', 'otto.frey']) {
    await press('Forgot the password?');
    await page.getByLabel('Name').fill(name);
    await press('Send me a link');
    await page.getByRole('status').getByText('If there is such a user').waitFor();
  }
  const link = await linkTo('otto.frey@example.org', /asked for a new password/);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
  await choose(link);
  await signIn('otto.frey', CHOSEN);
  await inside();
});

test('who has a password that somebody else made chooses another before anything else', async () => {
  await api.post('/tenant', { password_force_reset: true });
  await api.user('204', 'Lena Roth', { password: CHOSEN });
  page = await browser.page({ width: 360, height: 740 });
  await page.goto(box.url);
  await signIn('lena.roth', CHOSEN);
  await page.getByRole('status').getByText('Somebody else made your password').waitFor();
  await page.reload();
  await page.getByRole('status').getByText('Somebody else made your password').waitFor();
  await page.getByLabel('Password until now').fill(CHOSEN);
  await page.getByLabel('New password').fill(CHOSEN);
  await press('Choose this password');
  await page.getByRole('alert').getByText('choose another').waitFor();
  page.wrong.splice(0); // Chromium notes the refusal
  await assertWellKept(page);
  await shoot(page, '360-light-own-password');
  await page.getByLabel('New password').fill(`${CHOSEN}-mine`);
  await press('Choose this password');
  await page.getByRole('status').getByText('Your new password holds').waitFor();
  await signIn('lena.roth', `${CHOSEN}-mine`);
  await inside();
  await press('Sign out');
  await api.post(`/users/${(await api.get("/users?filter=name eq 'lena.roth'")).items[0].id}/password`, { password: CHOSEN });
  await signIn('lena.roth', CHOSEN);
  await page.getByLabel('New password').fill(`${CHOSEN}-again`); // the one that was typed is not asked for again
  await press('Choose this password');
  await page.getByRole('status').getByText('Your new password holds').waitFor();
  await api.post('/tenant', { password_force_reset: false });
  assert.deepEqual(page.wrong, []);
});

test('a code by mail is asked for when the company wants it', async () => {
  await api.user('203', 'Ida Wolf', { password: CHOSEN });
  await api.post('/tenant', { enable_two_factor_authentication: true });
  page = await browser.page({ width: 360, height: 740 });
  await page.goto(box.url);
  await signIn('ida.wolf', CHOSEN);
  await page.getByRole('status').getByText('A code is on its way').waitFor();
  const code = (await mailbox.find('ida.wolf@example.org', /your code is (\d{6})/))[1];
  await page.getByLabel('Code').fill(code === '000000' ? '000001' : '000000');
  await press('Go on');
  await page.getByRole('alert').getByText('This code does not fit').waitFor();
  page.wrong.splice(0); // Chromium notes the refusal
  await assertWellKept(page);
  await shoot(page, '360-light-code');
  await page.getByLabel('Code').fill(code);
  await press('Go on');
  await inside();
  assert.deepEqual(page.wrong, []);
  await api.post('/tenant', { enable_two_factor_authentication: false });
});
