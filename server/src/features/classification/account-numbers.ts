/** Numbers that open a bank account, told from other long numbers by their check digits. */

export function holdsCardNumber(visible: string): boolean {
  for (const [candidate] of visible.matchAll(/(?<![\d.])(?:\d[ -]?){12,18}\d(?![\d.])/g)) {
    const digits = candidate.replace(/\D/g, '');
    if (/^[3-6]/.test(digits) && !/^(\d)\1+$/.test(digits) && passesLuhn(digits)) return true;
  }
  return false;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

export function holdsIban(visible: string): boolean {
  for (const [candidate] of visible
    .toUpperCase()
    .matchAll(/(?<![A-Z\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?![A-Z\d])/g)) {
    const iban = candidate.replace(/ /g, '');
    if (iban.length < 15 || iban.length > 34) continue;
    const rearranged = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) =>
      String(letter.charCodeAt(0) - 55),
    );
    if (BigInt(rearranged) % 97n === 1n) return true;
  }
  return false;
}
