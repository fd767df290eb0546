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

test('made passwords have 16 characters that nobody misreads, and differ', () => {
  const made = Array.from({ length: 200 }, newPassword);
  made.forEach((password) => expect(password).toMatch(/^[a-km-zA-HJ-NP-Z2-9]{16}$/));
  expect(new Set(made).size).toBe(200);
});
