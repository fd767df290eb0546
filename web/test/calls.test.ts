import { expect, test } from 'vitest';
import { ending, type Cdr } from '../src/calls/calls.svelte';
import { lasting } from '../src/lib/times';

const cdr = (facts: Partial<Cdr>) => ending({ answered_at: null, end_reason: null, status_code: 200, ...facts } as Cdr).words;

test('a call says how it ended', () => {
  expect(cdr({ answered_at: '2026-01-01T10:00:00Z', end_reason: 'CALLER_DISCONNECTED' })).toBe('Answered');
  expect(cdr({ end_reason: 'CANCELLED', status_code: 487 })).toBe('Caller gave up');
  expect(cdr({ status_code: 486 })).toBe('Busy');
  expect(cdr({ status_code: 404 })).toBe('No such number');
  expect(cdr({ status_code: 480 })).toBe('Not answered');
});

test('a length reads as on a clock', () => expect([0, 9, 75, 3725].map(lasting)).toEqual(['0:00', '0:09', '1:15', '1:02:05']));
