import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { account, ApiClient, box } from './kit/box.mjs';
import { Browser, shoot, signIn, turnTo } from './kit/browser.mjs';
import { assertWellKept, faultsOf } from './kit/look.mjs';
import { Softphone } from './kit/softphone.mjs';

let browser, api, page;
const phones = [];

before(async () => {
  [browser, api] = await Promise.all([Browser.start(), ApiClient.signIn()]);
});

afterEach(() => page?.context().close());

after(async () => {
  await Promise.all(phones.map((phone) => phone.close()));
  await browser?.close();
  await api?.close();
});

const PEOPLE = { 101: 'Mia Keller', 102: 'Jonas Brandt', 103: 'Ana Lima', 104: 'Tom Okafor', 105: 'Reception', 110: 'Front gate' };

/** An office on a working day. */
async function furnish() {
  const ids = {};
  for (const [number, name] of Object.entries(PEOPLE)) ids[number] = await api.user(number, name);
  await api.phone(ids[101], '001565a1b2c3', 'yealink.ph.xml', 'T46U');
  await api.phone(ids[102], '00041326d5e4', 'snom.ph.xml', 'D785');
  await api.phone(ids[103], '020000000103', 'generic.ph.xml', 'Softphone');
  await api.phone(ids[105], '001565a1b2c4', 'yealink.ph.xml', 'T54W');
  await api.phone(ids[110], '020000000110', 'generic.ph.xml', 'SIP door phone', { door_password1: '471199' });
  for (const number of [101, 102, 103, 105]) phones.push(await Softphone.start(account(number)));
  await Promise.all(phones.map((phone) => phone.registered()));
  const [mia, jonas, ana] = phones;
  await call(ana, mia, '101');
  ana.hangUp();
  await mia.until('CALL_CLOSED');
  await call(mia, jonas, '102');
  await api.post('/doors/door-1/open');
}

async function call(from, to, number) {
  from.dial(number);
  await to.until('CALL_INCOMING');
  to.answer();
  await from.until('CALL_ESTABLISHED');
}

/** An empty tab. @returns keeps a picture of what is shown under a name, and holds it to the rules */
async function open(window) {
  page = await browser.page(window);
  return async (view) => {
    await shoot(page, `${window.width}-${window.colorScheme}-${view}`);
    await assertWellKept(page);
  };
}

const looks = [360, 1280].flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme, height: width < 1000 ? 740 : 800 })));

for (const { width, colorScheme, height } of looks) {
  test(`a new box is well kept: ${colorScheme}, ${width} px`, async () => {
    const look = await open({ width, height, colorScheme });
    await page.goto(box.url);
    await page.getByLabel('Name').waitFor();
    await look('sign-in');
    await signIn(page);
    await page.getByText('Nobody has a phone number yet').waitFor();
    await page.getByText('Ready').waitFor();
    await look('new-users');
    for (const tab of ['Phones', 'Doors', 'Calls']) {
      await turnTo(page, tab);
      await look(`new-${tab.toLowerCase()}`);
    }
    assert.deepEqual(page.wrong, []);
  });
}

/** A page with one fault, in a window of 360 px; what is found of it. */
async function faultsIn(body, style = '', head = '<title>A page</title>') {
  await page.setContent(`<!doctype html><html lang="en"><head>${head}<style>button { width: 48px; height: 48px } ${style}</style></head>
    <body><main><h1>A page</h1>${body}</main></body></html>`);
  return (await faultsOf(page)).join('\n');
}

test('what is badly kept is found', async () => {
  page = await browser.page({ width: 360, height: 740 });
  assert.equal(await faultsIn('<button>Open</button> <label>Name <input style="height: 44px"></label>'), '');
  assert.match(await faultsIn('<div style="width: 361px">wide</div>'), /369 px wide/);
  assert.match(await faultsIn('<button><svg aria-hidden="true"></svg></button>'), /has no name: <button>/);
  assert.match(await faultsIn('<button>Open</button><button>Open</button>'), /another button is named “Open”/);
  assert.match(await faultsIn('<input placeholder="Name" style="height: 44px">'), /has no label: <input/);
  assert.match(await faultsIn('<button style="height: 39px">Open</button>'), /is 48 × 39 px: <button/);
  assert.match(await faultsIn('<button style="position: absolute; left: -20px">Open</button>'), /lies outside the window/);
  assert.match(await faultsIn('<button>Open</button><div style="position: fixed; inset: 0"></div>'), /lies below <div/);
  assert.match(await faultsIn('<button tabindex="-1">Open</button>'), /Tab does not reach <button/);
  assert.match(await faultsIn('<button>Open</button>', ':focus { outline: none }'), /focus cannot be seen on <button/);
  assert.match(await faultsIn('<p style="color: #777">grey</p>'), /has a contrast of 4.48: <p/);
  assert.match(await faultsIn('<div style="background: #000"><p style="color: #1119">dark</p></div>'), /has a contrast of 1\.\d\d: <p/);
  assert.match(await faultsIn('<img src="data:,">'), /has no alt/);
  assert.match(await faultsIn('<p id="a">a</p><p id="a">b</p>'), /two elements have the id a/);
  assert.match(await faultsIn('<p aria-describedby="b">a</p>'), /names b, which is not there/);
  assert.match(await faultsIn('', '', ''), /it has no title/);
});

test('an office is at work', furnish);

for (const { width, colorScheme, height } of looks) {
  test(`an office at work is well kept: ${colorScheme}, ${width} px`, async () => {
    const look = await open({ width, height, colorScheme });
    await signIn(page);
    await page.getByRole('listitem').filter({ hasText: 'Jonas Brandt' }).getByText('On a call', { exact: true }).first().waitFor();
    await page.getByText('4 of 6 online').waitFor();
    await look('users');

    await page.getByRole('button', { name: 'Phones of Front gate' }).click();
    await page.getByText('Door code: 471199').waitFor();
    await page.getByRole('button', { name: 'Take away' }).click();
    await look('user-phones');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('button', { name: 'Phones of Front gate' }).click();

    await page.getByRole('button', { name: 'Add a user' }).click();
    await look('add-user');
    await page.getByLabel('Full name').fill('Mia Keller');
    await page.getByLabel('Number').fill('101');
    await page.getByLabel('E-mail').fill('mia.keller@example.org');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('The number 101 belongs to').waitFor();
    assert.match(page.wrong.splice(0).join(), /^[^,]*409[^,]*$/); // Chromium names each answer that is none
    await look('add-user-wrong');
    await page.getByLabel('Name to sign in').fill('lea.vogt');
    await page.getByLabel('Full name').fill('Lea Vogt');
    await page.getByLabel('E-mail').fill('lea.vogt@example.org');
    await page.getByLabel('Number').fill('106');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('heading', { name: 'Lea Vogt can be called on 106' }).waitFor();
    await page.getByRole('heading', { name: 'Give Lea Vogt a phone' }).waitFor();
    await look('handover');
    const lea = (await api.get('/users?top=100')).items.find((user) => user.name === 'lea.vogt');
    await api.post(`/users/${lea.id}/destroy`); // as it was, for the next window

    await turnTo(page, 'Phones');
    await page.getByText('Snom D785').waitFor();
    await look('phones');
    await turnTo(page, 'Doors');
    await page.getByRole('button', { name: 'Open … Door 1' }).click();
    await look('doors');
    await page.getByRole('button', { name: 'Yes, open Door 1' }).click();
    await page.getByRole('region', { name: 'Door 1' }).getByText('Open', { exact: true }).waitFor();
    await look('door-open');
    await turnTo(page, 'Calls');
    await page.getByText('Answered').first().waitFor();
    await look('calls');
    assert.deepEqual(page.wrong, []);
  });
}
