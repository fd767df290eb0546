import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ApiClient, box } from './kit/box.mjs';
import { Browser, shoot, signIn } from './kit/browser.mjs';
import { assertWellKept } from './kit/look.mjs';

const LINPHONE = '020000000101';
let browser, api, page;

before(async () => {
  [browser, api] = await Promise.all([Browser.start(), ApiClient.signIn()]);
  const [mia, jonas] = [await api.user('101', 'Mia Keller'), await api.user('102', 'Jonas Brandt')];
  await api.phone(mia, LINPHONE, 'generic.ph.xml', 'Linphone');
  await api.phone(mia, '020000000102', 'generic.ph.xml', 'Softphone');
  await api.phone(jonas, '001565a1b2c3', 'yealink.ph.xml', 'T46U');
  await api.phone(jonas, '020000000110', 'generic.ph.xml', 'SIP door phone');
});

afterEach(() => page?.context().close());

after(async () => {
  await browser?.close();
  await api?.close();
});

/** The phones of a user, in a tab of their own. */
async function phonesOf(name, window) {
  page = await browser.page(window);
  await signIn(page);
  await page.getByRole('button', { name: `Phones of ${name}` }).click();
  await page.getByRole('button', { name: /^Copy provisioning address/ }).first().waitFor();
}

const phone = (mac) => page.locator('li[data-phone]').filter({ hasText: mac });

test('a softphone is set up by the code and the link that the API gives', async () => {
  await phonesOf('Mia Keller');
  const link = await api.get(`/phones/${LINPHONE}/link`);
  assert.match(link.app_link, new RegExp(`^linphone-config:${box.httpUrl}/provision/`));
  const item = phone('02:00:00:00:01:01');
  assert.equal(await page.getByRole('img', { name: /^QR code/ }).count(), 0);

  await item.locator('summary').focus();
  await page.keyboard.press('Enter');
  const image = item.getByRole('img', { name: 'QR code with the provisioning address of Linphone 02:00:00:00:01:01' });
  await image.waitFor();
  const [head, svg] = (await image.getAttribute('src')).split(',');
  assert.equal(head, 'data:image/svg+xml');
  assert.equal(decodeURIComponent(svg), link.qr);
  await image.evaluate((one) => one.decode()); // fails where the page's policy or the drawing keeps it from being shown
  assert.equal(await item.getByRole('link', { name: 'Open in Linphone to set up 02:00:00:00:01:01' }).getAttribute('href'), link.app_link);
  assert.equal(await item.locator('code').textContent(), link.url);
  await item.getByText('Who has this code has the phone.').waitFor();

  await page.keyboard.press('Enter');
  await image.waitFor({ state: 'detached' });
  assert.equal(await item.getByRole('link').count(), 0);
  assert.deepEqual(page.wrong, []);
});

test('an app without a link of its own is set up by the code alone', async () => {
  await phonesOf('Mia Keller');
  const item = phone('02:00:00:00:01:02');
  await item.locator('summary').click();
  await item.getByRole('img', { name: 'QR code with the provisioning address of Softphone 02:00:00:00:01:02' }).waitFor();
  assert.equal(await item.getByRole('link').count(), 0);
  assert.deepEqual(page.wrong, []);
});

test('a desk phone and a door phone, which scan nothing, show no code', async () => {
  await phonesOf('Jonas Brandt');
  assert.deepEqual(await Promise.all(['00:15:65:A1:B2:C3', '02:00:00:00:01:10'].map((mac) => phone(mac).count())), [1, 1]);
  assert.equal(await page.getByText('Set up by QR code').count(), 0);
});

test('a code that the box does not give says why', async () => {
  await phonesOf('Mia Keller');
  await page.route('**/link', (route) => route.abort());
  await phone('02:00:00:00:01:01').locator('summary').click();
  await page.getByRole('alert').getByText('The box does not answer.').waitFor();
  assert.equal(await page.getByRole('img', { name: /^QR code/ }).count(), 0);
});

for (const width of [360, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the code is well kept: ${colorScheme}, ${width} px`, async () => {
      await phonesOf('Mia Keller', { width, height: width < 1000 ? 740 : 800, colorScheme });
      for (const mac of ['02:00:00:00:01:01', '02:00:00:00:01:02']) {
        await phone(mac).locator('summary').click();
        await phone(mac).getByRole('img', { name: /^QR code/ }).evaluate((one) => one.decode());
      }
      await shoot(page, `${width}-${colorScheme}-scan`);
      await assertWellKept(page);
      assert.deepEqual(page.wrong, []);
    });
  }
}
