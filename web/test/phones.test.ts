import { expect, test } from 'vitest';
import { imageOf, isSoftphone } from '../src/phones/phones.svelte';

test('an app is set up by scanning; a desk phone and a door phone are not', () => {
  expect(isSoftphone({ filename: 'generic.ph.xml', door_password1: null })).toBe(true);
  expect(isSoftphone({ filename: 'generic.ph.xml', door_password1: '471199' })).toBe(false);
  expect(isSoftphone({ filename: 'yealink.ph.xml', door_password1: null })).toBe(false);
});

test('a drawing stays whole in its address, and cannot end it', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><path fill="#fff"/><title>100 % of Mia\'s</title></svg>';
  expect(imageOf(svg)).not.toMatch(/["<>#\s]/);
  expect(decodeURIComponent(imageOf(svg).replace('data:image/svg+xml,', ''))).toBe(svg);
});
