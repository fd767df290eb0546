import { expect, test } from 'vitest';
import { isGuessable, newPassword, newPin } from '../src/lib/chance';

test.each(['111', '123456', '280987', '902555', '901237'])('%s is too easy for a voicemail PIN', (pin) => expect(isGuessable(pin)).toBe(true));
test.each(['112233', '135790', '908070', '130130'])('%s is a voicemail PIN the box takes', (pin) => expect(isGuessable(pin)).toBe(false));

test('a made PIN has six digits that the box takes', () => {
  for (let i = 0; i < 500; i++) {
    const pin = newPin();
    expect(pin).toMatch(/^\d{6}$/);
    expect(isGuessable(pin)).toBe(false);
  }
});

test('made passwords have 16 characters that nobody misreads, meet the strictest policy, and differ', () => {
  const made = Array.from({ length: 200 }, () => newPassword());
  made.forEach((password) => {
    expect(password).toMatch(/^[a-km-zA-HJ-NP-Z2-9][a-km-zA-HJ-NP-Z2-9+_.-]{14}[a-km-zA-HJ-NP-Z2-9]$/);
    expect(password).toMatch(/\d/);
    expect(password).toMatch(/[a-z]/i);
    expect(password).toMatch(/[+_.-]/);
    expect(password).not.toMatch(/(.)\1\1|234|345|456|567|678|789|987|876|765|654|543|432|abc|bcd|cde|xyz|zyx/i);
  });
  expect(new Set(made).size).toBe(200);
});

test('a made password is as long as the policy asks, and holds nothing of its account', () => {
  expect(newPassword({ min_length: 20, max_length: 32 })).toHaveLength(20);
  expect(newPassword({ min_length: 6, max_length: 8 })).toHaveLength(8);
  for (let i = 0; i < 200; i++) expect(newPassword({ min_length: 6, max_length: 6 }, ['anna', '22', ''])).not.toContain('anna');
});
