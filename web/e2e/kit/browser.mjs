import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { box } from './box.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];
const BOUND_MS = 15_000;
const SHOTS = process.env.GATEHOUSE_SCREENSHOTS ?? fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/** Debian's Chromium with an empty profile, which Playwright makes and removes. */
export class Browser {
  static async start() {
    const browser = new Browser();
    browser.chromium = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
    return browser;
  }

  /** An empty tab. What goes wrong in it stands in `page.wrong`. */
  async page({ width = 1280, height = 800, ...more } = {}) {
    const context = await this.chromium.newContext({ ignoreHTTPSErrors: true, viewport: { width, height }, locale: 'en-GB', ...more });
    context.setDefaultTimeout(BOUND_MS);
    const page = await context.newPage();
    page.wrong = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) page.wrong.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => page.wrong.push(error.stack));
    page.on('requestfailed', (request) => {
      const ended = request.failure().errorText === 'net::ERR_ABORTED'; // the event stream, when the page lets go of it
      if (!ended) page.wrong.push(`${request.url()}: ${request.failure().errorText}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${box.url}/`)) page.wrong.push(`${request.url()} is not of this box`);
    });
    return page;
  }

  close() {
    return this.chromium.close();
  }
}

export async function signIn(page, username = 'admin', password = box.password) {
  await page.goto(box.url);
  await page.getByLabel('Name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Turns to a tab: Users, Phones, Doors, Calls. */
export async function turnTo(page, tab) {
  await page.getByRole('navigation').getByRole('link', { name: tab, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: tab, exact: true }).waitFor();
}

/** Keeps what a person would see, for the eye and the manual: web/target/screenshots. */
export async function shoot(page, name, fullPage = true) {
  await fs.mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage });
}
