import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiClient, box } from './kit/box.mjs';
import { Browser, signIn, turnTo } from './kit/browser.mjs';
import { Softphone } from './kit/softphone.mjs';

// One morning in an office, in order: each step goes on where the one before it stopped, on the same page.
let browser, page, api, mia, miasPhone;
const phones = [];

before(async () => {
  [browser, api] = await Promise.all([Browser.start(), ApiClient.signIn()]);
  page = await browser.page();
});

after(async () => {
  await Promise.all(phones.map((phone) => phone.close()));
  await browser?.close();
  await api?.close();
});

let failed = '';
function step(name, work) {
  test(name, async () => {
    assert.equal(failed, '', 'a step before this one failed');
    failed = name;
    await work();
    assert.deepEqual(page.wrong.splice(0), []);
    failed = '';
  });
}

const row = (name) => page.getByRole('main').getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) }).first();
const status = (name, word) => row(name).getByText(word, { exact: true }).waitFor();
/** Chromium notes each refused request on the console; a step that provokes one takes it away. */
const refused = (code) => assert.match(page.wrong.splice(0).join(), new RegExp(`^[^,]*status of ${code} [^,]*$`));

async function add(display_name, number) {
  await page.getByRole('button', { name: 'Add a user' }).click();
  await page.getByLabel('Full name').fill(display_name);
  if (number) await page.getByLabel('Number').fill(number);
  await page.getByLabel('E-mail').fill(`${display_name.toLowerCase().replace(' ', '.')}@example.org`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

async function give(mac, model) {
  await page.getByLabel('Model').selectOption({ label: model });
  await page.getByLabel('MAC address').fill(mac);
  await page.getByRole('button', { name: 'Give this phone' }).click();
}

step('a wrong password is refused in words', async () => {
  await page.goto(box.url);
  await page.getByLabel('Name').fill('admin');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('This name and password do not fit.').waitFor();
  assert.equal(await page.getByLabel('Password').inputValue(), '');
  assert.equal(await page.getByLabel('Name').inputValue(), 'admin');
  assert.equal(await page.getByRole('navigation').count(), 0);
  refused(401);
});

step('the administrator signs in and sees that the box is ready', async () => {
  await signIn(page);
  await page.getByText('The lamp shows: Ready').waitFor();
  await page.getByText('Nobody has a phone number yet').waitFor();
  assert.equal(await page.title(), 'Users – Gatehouse');
  await page.evaluate(() => (window.sameSince = 'sign-in')); // a reload would lose it
});

step('101 and 102 are added, the number and the name to sign in proposed', async () => {
  await add('Mia Keller');
  await page.getByRole('heading', { name: 'Mia Keller can be called on 101' }).waitFor();
  mia = { name: 'mia.keller', password: await page.locator('dt:has-text("Password") + dd').textContent() };
  assert.match(await page.locator('dt:has-text("PIN") + dd').textContent(), /^\d{6}$/);
  await status('Mia Keller', 'Offline');
  await add('Jonas Brandt', '102');
  await page.getByRole('heading', { name: 'Jonas Brandt can be called on 102' }).waitFor();
  await page.getByText('0 of 2 online').waitFor();
  const { items } = await api.get('/users');
  assert.deepEqual(items.filter((user) => user.extension_number).map((user) => `${user.extension_number} ${user.name} ${user.display_name}`).sort(),
    ['101 mia.keller Mia Keller', '102 jonas.brandt Jonas Brandt']);
});

step('what is wrong with a new user stands beside its field', async () => {
  await add('Mia Keller', '101');
  const number = page.getByLabel('Number');
  await page.getByText('The number 101 belongs to Mia Keller').waitFor();
  refused(409);
  assert.equal(await number.getAttribute('aria-invalid'), 'true');
  assert.match(await page.locator(`#${(await number.getAttribute('aria-describedby')).split(' ')[1]}`).textContent(), /^The number 101 belongs/);
  await page.getByText('The name mia.keller belongs to Mia Keller').waitFor();
  await page.getByLabel('E-mail').fill('nowhere');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('email must be an address').waitFor();
  refused(400);
  await page.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await api.get('/users')).count, 3);
});

step('a phone is given, and its address holds its SIP account', async () => {
  await page.getByRole('button', { name: 'Give a phone to Mia Keller' }).click();
  await give('02:00:00:00:01:01', 'Generic Softphone');
  await page.getByText('Mia Keller has a new phone.').waitFor();
  const url = await row('Mia Keller').locator('code').textContent();
  assert.match(url, new RegExp(`^${box.httpUrl}/provision/[0-9a-z]{26}/020000000101\\.accounts$`));
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  miasPhone = (await answer.text()).trim();
  assert.match(miasPhone, /^"Mia Keller" <sip:101@gatehouse\.local;transport=udp>;auth_user=101;auth_pass=[a-z0-9]{26};/);
  assert.match(miasPhone, new RegExp(`outbound="sip:127\\.0\\.0\\.1:${box.sipPort};transport=udp"`));
  await row('Mia Keller').getByText('Generic Softphone', { exact: true }).first().waitFor();
});

step('a MAC that is no MAC or somebody else\'s is refused beside its field', async () => {
  await page.getByRole('button', { name: 'Give a phone to Jonas Brandt' }).click();
  await give('02-00', 'Yealink T46U');
  await page.getByText('mac must be twelve hex digits').waitFor();
  refused(400);
  await give('020000000101', 'Yealink T46U');
  await page.getByText('The phone 020000000101 is somebody\'s already').waitFor();
  refused(409);
  assert.equal(await page.getByLabel('MAC address').evaluate((field) => document.activeElement === field), true);
  await give('00:15:65:A1:B2:C3', 'Yealink T46U');
  await page.getByText('Jonas Brandt has a new phone.').waitFor();
});

step('a PIN says at a phone whose it is', async () => {
  await page.getByRole('button', { name: /^Make a PIN by which a phone becomes Jonas Brandt/ }).click();
  await row('Jonas Brandt').getByText(/^When the phone asks, type 102 and \d{8}\. Good once, until /).waitFor();
});

step('the phone list names whose each phone is and where it was seen', async () => {
  await turnTo(page, 'Phones');
  for (const text of ['101', 'Generic Softphone', '02:00:00:00:01:01']) await row('Mia Keller').getByText(text, { exact: true }).waitFor();
  for (const text of ['102', 'Yealink T46U', '00:15:65:A1:B2:C3', 'Has not fetched its settings yet']) {
    await row('Jonas Brandt').getByText(text, { exact: true }).waitFor();
  }
});

step('a phone that is not there says how far it came and what to do', async () => {
  await row('Jonas Brandt').getByText('How it stands').click();
  await row('Jonas Brandt').getByText('It has not come for its files yet.').waitFor();
  await row('Jonas Brandt').getByText(/^Restart the phone\./).waitFor();
});

step('what a phone will get is shown before it comes, without its secrets', async () => {
  await row('Jonas Brandt').getByText('What it will get').click();
  await row('Jonas Brandt').getByText('The phone may restart when it fetches this.').waitFor();
  await row('Jonas Brandt').getByText('001565a1b2c3.cfg: not fetched yet').click();
  const text = await row('Jonas Brandt').getByLabel('Text of 001565a1b2c3.cfg').textContent();
  assert.match(text, /account\.1\.user_name = 102\n/);
  assert.match(text, /account\.1\.password = \*{8}\n/);
});

step('a user turns Online when the phone registers', async () => {
  await turnTo(page, 'Users');
  await status('Mia Keller', 'Offline');
  phones.push(await Softphone.start(miasPhone));
  await phones[0].registered();
  await status('Mia Keller', 'Online');
  await page.getByText('1 of 2 online').waitFor();
  assert.equal(await page.evaluate(() => window.sameSince), 'sign-in');
  const { items } = await api.get('/users');
  assert.equal((await api.get(`/users/${items.find((user) => user.extension_number === '101').id}/status`)).status, 'ONLINE');
  await turnTo(page, 'Phones');
  await row('Mia Keller').getByText('Last seen at 127.0.0.1').waitFor();
  await row('Mia Keller').getByText('How it stands').click();
  await row('Mia Keller').getByText('It is registered as 101 from 127.0.0.1.').waitFor();
  await row('Mia Keller').getByText(/ Registered from 127\.0\.0\.1/).waitFor();
});

step('a call shows while it lasts, and in the list afterwards', async () => {
  await turnTo(page, 'Users');
  await page.getByRole('button', { name: 'Phones of Jonas Brandt' }).click();
  await give('02:00:00:00:01:02', 'Generic Softphone');
  const url = await row('Jonas Brandt').locator('code').getByText('020000000102').textContent();
  phones.push(await Softphone.start((await (await fetch(url)).text()).trim()));
  await phones[1].registered();
  await status('Jonas Brandt', 'Online');

  phones[0].dial('102');
  await phones[1].until('CALL_INCOMING');
  const aside = page.getByRole('complementary');
  await aside.getByRole('listitem').filter({ hasText: 'Mia Keller' }).getByText('Ringing').waitFor();
  phones[1].answer();
  await aside.getByRole('listitem').filter({ hasText: 'Mia Keller' }).getByText(/^\d:\d\d$/).waitFor();
  await status('Mia Keller', 'On a call');
  await status('Jonas Brandt', 'On a call');
  await page.getByText('The lamp shows: In a call').waitFor();

  phones[0].hangUp();
  await status('Mia Keller', 'Online');
  await status('Jonas Brandt', 'Online');
  await aside.getByText('Nobody is on a call.').waitFor();
  await turnTo(page, 'Calls');
  await row('Mia Keller').getByText(/^Answered, \d:\d\d$/).waitFor();
  assert.match(await row('Mia Keller').textContent(), /Mia Keller.*Jonas Brandt.*101 to 102/);
});

step('a user turns Offline when the phone says goodbye', async () => {
  await turnTo(page, 'Users');
  await phones.shift().close();
  await status('Mia Keller', 'Offline');
  await page.getByText('1 of 2 online').waitFor();
  assert.equal(await page.evaluate(() => window.sameSince), 'sign-in');
});

step('a door opens when asked twice, and shuts by itself', async () => {
  await turnTo(page, 'Doors');
  const door = page.getByRole('region', { name: 'Door 1' });
  const known = async () => (await api.get('/doors')).items.find((one) => one.name === 'Door 1');
  await door.getByText('Closed', { exact: true }).waitFor();

  await door.getByRole('button', { name: 'Open … Door 1' }).click();
  await door.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await known(), { id: 'door-1', name: 'Door 1', relay: 'door-1', energised: false, opened_at: null, opened_by: null });

  await door.getByRole('button', { name: 'Open … Door 1' }).click();
  await door.getByRole('button', { name: 'Yes, open Door 1' }).click();
  await door.getByText('Open', { exact: true }).waitFor();
  assert.equal((await known()).energised, true);
  await door.getByText(/^Last opened \d\d:\d\d by admin$/).waitFor();
  await page.getByRole('region', { name: 'Door 2' }).getByText('Closed', { exact: true }).waitFor();

  await door.getByText('Closed', { exact: true }).waitFor();
  assert.equal((await known()).energised, false);
  assert.equal((await known()).opened_by, 'admin');
});

step('a door that somebody else opens shows it too', async () => {
  await api.post('/doors/door-2/open');
  const door = page.getByRole('region', { name: 'Door 2' });
  await door.getByText('Open', { exact: true }).waitFor();
  await door.getByText('Closed', { exact: true }).waitFor();
});

step('a phone is taken away, and its address is gone', async () => {
  await turnTo(page, 'Users');
  await page.getByRole('button', { name: 'Phones of Mia Keller' }).click();
  const url = await row('Mia Keller').locator('code').textContent();
  await page.getByRole('button', { name: 'Take away … Softphone of Mia Keller' }).click();
  await page.getByRole('button', { name: 'Yes, take away Softphone of Mia Keller' }).click();
  await page.getByText('Generic Softphone is nobody\'s now.').waitFor();
  await page.getByRole('button', { name: 'Give a phone to Mia Keller' }).waitFor();
  assert.equal((await fetch(url)).status, 404);
});

step('a name that looks like markup stays a name', async () => {
  await api.user('103', '<img src=x onerror="window.broken=1">', { name: 'markup', email: 'markup@example.org' });
  await page.getByText('<img src=x onerror="window.broken=1">').first().waitFor();
  assert.equal(await page.evaluate(() => window.broken), undefined);
});

step('when the live connection is interrupted the page says so and asks by itself', async () => {
  await page.route('**/api/events', (route) => route.abort());
  await page.evaluate(() => location.reload()); // a new page, whose stream never begins
  await page.getByText('The live connection to the box is interrupted.').waitFor();
  await status('Jonas Brandt', 'Online');
  await phones.shift().close();
  await status('Jonas Brandt', 'Offline');
  await page.unroute('**/api/events');
  await page.getByText('The live connection to the box is interrupted.').waitFor({ state: 'detached' });
  assert.ok(page.wrong.splice(0).every((one) => one.includes('/api/events')));
});

step('who has no more than a phone sees no house', async () => {
  const own = await browser.page();
  await signIn(own, mia.name, mia.password);
  await own.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  await own.getByText('Jonas Brandt', { exact: true }).or(own.getByText('102', { exact: true })).first().waitFor();
  assert.deepEqual(await own.getByRole('navigation').getByRole('link').allTextContents(), ['Calls']);
  assert.deepEqual(own.wrong, []);
  await own.context().close();
});

step('a reload keeps the sign-in; signing out ends it for good', async () => {
  const asked = page.waitForRequest('**/api/users?*');
  await page.reload();
  const token = (await (await asked).allHeaders()).authorization;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length + localStorage.length + document.cookie.length), 0);
  const answer = await api.context.get(`${box.url}/api/users`, { headers: { Authorization: token } });
  assert.equal(answer.status(), 401);
});
