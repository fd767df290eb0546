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

/** 16 of 57 letters and digits: 93 bits. */
export function newPassword(): string {
  return Array.from({ length: 16 }, () => LETTERS[below(LETTERS.length)]).join('');
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
