/**
 * Takes out of a text what could name a person before it is published (Art. 24(5) DSA leaves that to the provider).
 * Rather too much than too little: a long number that is no telephone goes as well.
 */

const IPV6 =
  /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}(?::|[0-9a-f]{1,4})(?::?[0-9a-f]{1,4})*(?![\w:])|(?<![\w:])::(?:[0-9a-f]{1,4}:?){1,7}/giu;

const PATTERNS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu, '[e-mail]'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[address]'],
  [IPV6, '[address]'],
  [/(?<![\p{L}\p{N}_@])@[\p{L}\p{N}_][\p{L}\p{N}_.-]*/gu, '[name]'],
  // Seven digits and more, however they are grouped; a date stays.
  [/(?<![\p{L}\p{N}])(?!\d{4}-\d{2}-\d{2}(?!\d))(?:\+|00)?\(?\d(?:[\s()./-]{0,2}\d){6,}(?!\p{L})/gu, '[number]'],
];

/** `names`: of the people concerned, as they are shown. */
export function scrubbed(text: string, names: readonly string[] = []): string {
  const nameless = names
    .filter((name) => name.trim().length > 1)
    .reduce((left, name) => left.replaceAll(new RegExp(literal(name), 'giu'), '[name]'), text);
  return PATTERNS.reduce((left, [pattern, instead]) => left.replace(pattern, instead), nameless);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
