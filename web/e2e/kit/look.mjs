import assert from 'node:assert/strict';

const SMALLEST_TARGET = 40; // px, so that a thumb hits it
const LEAST_CONTRAST = 4.5; // WCAG 2.2, 1.4.3; 3 for large text
const LEAST_CONTRAST_LARGE = 3;

/** Everything about what is shown now that a machine can see is wrong. */
export async function faultsOf(page) {
  return [...(await page.evaluate(faults, { SMALLEST_TARGET, LEAST_CONTRAST, LEAST_CONTRAST_LARGE })), ...(await unreachable(page))];
}

export async function assertWellKept(page) {
  assert.deepEqual(await faultsOf(page), [], `${page.url()} at ${page.viewportSize().width} px`);
}

/** Controls that the Tab key does not come by, or whose focus cannot be seen. */
async function unreachable(page) {
  const wanted = await page.evaluate(() => {
    document.activeElement.blur();
    window.getSelection().removeAllRanges();
    return [...document.querySelectorAll('a[href], button:not(:disabled), input, select, summary')].filter((one) => one.checkVisibility())
      .map((one, number) => (one.dataset.stop = number));
  });
  const [reached, unseen] = [new Set(), []];
  for (let presses = 0; presses <= wanted.length + 1; presses++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      const seen = outlineStyle === 'auto' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
      return { number: one.dataset.stop, seen, html: one.outerHTML.slice(0, 120) };
    });
    if (stop.number === undefined) continue;
    reached.add(Number(stop.number));
    if (!stop.seen) unseen.push(`focus cannot be seen on ${stop.html}`);
  }
  const missed = wanted.filter((number) => !reached.has(number));
  const html = await page.evaluate((numbers) => {
    const marked = [...document.querySelectorAll('[data-stop]')];
    const shown = marked.filter((one) => numbers.includes(Number(one.dataset.stop))).map((one) => one.outerHTML.slice(0, 120));
    marked.forEach((one) => delete one.dataset.stop);
    return shown;
  }, missed);
  return [...unseen, ...html.map((one) => `Tab does not reach ${one}`)];
}

/** Runs in the page. */
function faults({ SMALLEST_TARGET, LEAST_CONTRAST, LEAST_CONTRAST_LARGE }) {
  const found = [];
  const short = (element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 120);
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility({ visibilityProperty: true }));

  const page = document.scrollingElement;
  if (page.scrollWidth > innerWidth) found.push(`it is ${page.scrollWidth} px wide in a window of ${innerWidth}`);

  names();
  structure();
  targets();
  contrast();
  return found;

  function textOf(element) {
    if (element.nodeType === Node.TEXT_NODE) return element.data;
    if (element.nodeType !== Node.ELEMENT_NODE || element.getAttribute('aria-hidden') === 'true' || !element.checkVisibility()) return '';
    return element.getAttribute('aria-label') ?? element.alt ?? [...element.childNodes].map(textOf).join('');
  }

  function named(element) {
    const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
    return (by.length ? by.map((one) => (one ? textOf(one) : '')).join(' ') : textOf(element)).trim();
  }

  function names() {
    all('button, a[href], h1, h2, h3, section, nav, aside, form').filter((one) => one.matches('button, a, h1, h2, h3, nav, aside, [aria-labelledby]'))
      .filter((one) => !named(one)).forEach((one) => found.push(`has no name: ${short(one)}`));
    all('input, select, textarea').filter((one) => ![...one.labels].some((label) => textOf(label).trim()))
      .forEach((one) => found.push(`has no label: ${short(one)}`));
    all('img').filter((one) => !one.hasAttribute('alt')).forEach((one) => found.push(`has no alt: ${short(one)}`));
    all('svg').filter((one) => !one.closest('[aria-hidden="true"]')).forEach((one) => found.push(`is neither named nor hidden: ${short(one)}`));
    all('button').map((one) => [named(one), one]).filter(([name], i, every) => every.findIndex(([other]) => other === name) !== i)
      .forEach(([name, one]) => found.push(`another button is named “${name}” too: ${short(one)}`));
  }

  function structure() {
    if (!document.documentElement.lang) found.push('it does not say its language');
    if (!document.title) found.push('it has no title');
    if (all('main').length !== 1) found.push(`it has ${all('main').length} main parts`);
    if (all('h1').length !== 1) found.push(`it has ${all('h1').length} headings of level 1`);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => found.push(`two elements have the id ${id}`));
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
      const named = [...document.querySelectorAll(`[${attribute}]`)].flatMap((one) => one.getAttribute(attribute).split(/\s+/));
      named.filter((id) => !ids.includes(id)).forEach((id) => found.push(`${attribute} names ${id}, which is not there`));
    }
    all('ul').filter((list) => [...list.children].some((child) => child.tagName !== 'LI'))
      .forEach((list) => found.push(`holds more than items: ${short(list)}`));
  }

  function targets() {
    for (const one of all('button, a[href], input, select')) {
      if (one.tagName === 'A' && one.closest('p')) continue; // a link within a sentence
      one.scrollIntoView({ block: 'center' });
      const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
      if (height < SMALLEST_TARGET || width < SMALLEST_TARGET) found.push(`is ${Math.round(width)} × ${Math.round(height)} px: ${short(one)}`);
      if (left < 0 || right > innerWidth) found.push(`lies outside the window: ${short(one)}`);
      const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (there !== one && !one.contains(there) && !one.disabled) found.push(`lies below ${there && short(there)}: ${short(one)}`);
    }
    scrollTo(0, 0);
  }

  function contrast() {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walk.nextNode()) {
      const element = walk.currentNode.parentElement;
      if (seen.has(element) || !walk.currentNode.data.trim() || element.closest('noscript, option, .unseen, :disabled')) continue;
      seen.add(element);
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const ground = behind(element);
      const ratio = contrastOf(over(rgba(color), ground), ground);
      const large = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
      const least = large ? LEAST_CONTRAST_LARGE : LEAST_CONTRAST;
      if (ratio < least) found.push(`has a contrast of ${ratio.toFixed(2)}: ${short(element)}`);
    }
  }

  function rgba(text) {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  }

  function over([r, g, b, a], ground) {
    return [r, g, b].map((value, i) => value * a + ground[i] * (1 - a));
  }

  function behind(element) {
    const layers = [];
    for (let one = element; one; one = one.parentElement) layers.unshift(rgba(getComputedStyle(one).backgroundColor));
    return layers.reduce((ground, layer) => over(layer, ground), [255, 255, 255]);
  }

  /** WCAG 2.2, relative luminance. */
  function contrastOf(one, other) {
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
}
