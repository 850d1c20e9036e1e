/**
 * Card numbers that people type where none belongs. They are never asked for, and what is typed by mistake leaves in no
 * log and no export: 13 to 19 digits with the check digit of ISO/IEC 7812-1, however they are grouped.
 */
const MASK = '[card number]';

/** Ids and hashes hold digits too, and are none. */
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const HASH = '(?=\\d*[a-z+/])[0-9a-z+/]{32,}';
/** What may stand between two digits: blanks, dashes, dots, slashes, and what cannot be seen. */
const GAP = '[\\s\\-–—._/·•*\\u00ad\\u200b-\\u200f\\u2060\\ufeff]{0,3}';
const FINDER = new RegExp(`(?<id>${UUID}|${HASH})|\\p{Nd}(?:${GAP}\\p{Nd}){12,}`, 'giu');

export function maskCardNumbers(text: string): string {
  return text.replace(FINDER, (found, id: string | undefined) => (id === undefined ? maskIn(found) : found));
}

/** A run of digits may hold more than the card: a date before it, a code after it. Parts are whole groups of digits. */
function maskIn(run: string): string {
  const groups = [...run.matchAll(/\p{Nd}+/gu)].map((match) => ({
    digits: match[0].normalize('NFKC'),
    start: match.index,
    end: match.index + match[0].length,
  }));
  for (let first = 0; first < groups.length; first++) {
    let digits = '';
    let longest = -1;
    for (const group of groups.slice(first)) {
      digits += group.digits;
      if (digits.length > 19) break;
      if (digits.length >= 13 && passesLuhn(digits)) longest = group.end;
    }
    if (longest > 0) {
      return run.slice(0, groups[first]?.start) + MASK + maskCardNumbers(run.slice(longest));
    }
  }
  return run;
}

/** The same in every text within what will be JSON. */
export function maskCardNumbersWithin(value: unknown): unknown {
  if (typeof value === 'string') return maskCardNumbers(value);
  if (Array.isArray(value)) return value.map(maskCardNumbersWithin);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskCardNumbersWithin(part)]));
}

/** The same in a line of JSON, which stays JSON. A bare number of 13 digits is a moment in milliseconds. */
export function maskCardNumbersInJson(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"|(?<=[:,[]\s*)\d{14,19}(?=\s*[,}\]])/g, (part) => {
    const masked = maskCardNumbers(part);
    return part.startsWith('"') || masked === part ? masked : `"${masked}"`;
  });
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
