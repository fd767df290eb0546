// Without l, I, 0 and O, which people misread.
const LETTERS = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** An even choice below `limit`, from the browser's secure source. */
function below(limit: number): number {
  const ceiling = Math.floor(2 ** 32 / limit) * limit;
  const drawn = new Uint32Array(1);
  do crypto.getRandomValues(drawn);
  while (drawn[0]! >= ceiling);
  return drawn[0]! % limit;
}

/** What the box asks of a password; the field names are the contract's. */
export interface PasswordPolicy {
  min_length: number;
  max_length: number;
}

const LENGTH = 16; // 93 bits
const MARKS = '-_.+';

const step = (text: string, i: number) => text.charCodeAt(i + 1) - text.charCodeAt(i);

/** Whether three characters in a row are equal or follow each other. */
function hasRun(text: string): boolean {
  const folded = text.toLowerCase();
  return [...folded].some((_, i) => i + 2 < folded.length && step(folded, i) === step(folded, i + 1) && Math.abs(step(folded, i)) <= 1);
}

/** Letters, digits and a mark inside, so that every policy of the box is met; as long as the policy allows, and no longer than 16. */
export function newPassword(policy: PasswordPolicy = { min_length: 6, max_length: 32 }, not: string[] = []): string {
  const length = Math.min(Math.max(LENGTH, policy.min_length), policy.max_length);
  for (;;) {
    const drawn = Array.from({ length }, () => LETTERS[below(LETTERS.length)]);
    drawn[1 + below(length - 2)] = MARKS[below(MARKS.length)];
    const password = drawn.join('');
    const own = not.some((word) => word.length >= 3 && password.toLowerCase().includes(word.toLowerCase()));
    if (/[a-z]/i.test(password) && /\d/.test(password) && !hasRun(password) && !own) return password;
  }
}

/** Whether three digits in a row are equal or count up or down, which the contract forbids. */
export function isGuessable(pin: string): boolean {
  return [...pin].some((_, i) => {
    const step = Number(pin[i + 1]) - Number(pin[i]);
    return step === Number(pin[i + 2]) - Number(pin[i + 1]) && Math.abs(step) <= 1;
  });
}

export function newPin(): string {
  for (;;) {
    const pin = Array.from({ length: 6 }, () => below(10)).join('');
    if (!isGuessable(pin)) return pin;
  }
}
