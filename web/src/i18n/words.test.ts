/** English and German say the same things, nothing is left over, and the voice is kept. */
import { PROBLEM_CODES } from '@virgil/contract';
import { expect, test } from 'vitest';
import { words as german } from './de/index.ts';
import { words as english } from './en/index.ts';

function flat(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = path ? `${path}.${key}` : key;
    return typeof value === 'string' ? [[name, value]] : flat(value as object, name);
  });
}

const all = { en: english, de: german } as const;
const spaces = Object.keys(english) as (keyof typeof english)[];
const variables = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name))].sort();

/** A plural form is said for one key: `viewers_one` and `viewers_other` are `viewers`. */
const baseOf = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');

test('both languages have the same words', () => {
  expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  for (const space of spaces) {
    expect(
      flat(german[space])
        .map(([key]) => key)
        .sort(),
      space,
    ).toEqual(
      flat(english[space])
        .map(([key]) => key)
        .sort(),
    );
  }
});

test('both languages put in the same facts', () => {
  for (const space of spaces) {
    const translated = new Map(flat(german[space]));
    for (const [key, text] of flat(english[space])) {
      expect(variables(translated.get(key) ?? ''), `${space}:${key}`).toEqual(variables(text));
    }
  }
});

test('no text is empty, shouts, or says oops', () => {
  for (const [language, words] of Object.entries(all)) {
    for (const [key, text] of flat(words)) {
      expect(text.trim(), `${language} ${key}`).toBe(text);
      expect(text, `${language} ${key}`).not.toBe('');
      expect(text, `${language} ${key}`).not.toMatch(/!|\boops\b|community guidelines/i);
    }
  }
});

test('German addresses people as du and writes German quotation marks', () => {
  for (const [key, text] of flat(german)) {
    expect(text, key).not.toMatch(/\b(Ihnen|Ihre[mnrs]?|Sie (?:können|müssen|haben|sind|dürfen))\b/);
    expect(text, key).not.toMatch(/["”]/);
  }
});

test('every code of the contract has a sentence', () => {
  for (const code of PROBLEM_CODES) expect(english.problems, code).toHaveProperty(code);
});

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../i18n/**', '!../**/*.test.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('no word is left over', () => {
  const text = Object.values(sources).join('\n');
  const said = new Set([...text.matchAll(/'([\w:.-]+)'/g)].map(([, literal = '']) => literal));
  // `realm.${realm}` may say every key of that shape; one without any fixed part tells nothing.
  const shapes = [...text.matchAll(/`([\w:.-]*(?:\$\{[^}]*\}[\w:.-]*)+)`/g)]
    .map(([, template = '']) => template)
    .filter((template) => template.replace(/\$\{[^}]*\}/g, '').length >= 3)
    .map((template) => new RegExp(`^${template.replace(/\$\{[^}]*\}/g, '[\\w-]+').replaceAll('.', '\\.')}$`));
  const unused = spaces
    .filter((space) => space !== 'problems')
    .flatMap((space) =>
      flat(english[space])
        .map(([key]) => baseOf(key))
        .filter((key) => {
          const full = `${space}:${key}`;
          return !said.has(key) && !said.has(full) && !shapes.some((shape) => shape.test(key) || shape.test(full));
        })
        .map((key) => `${space}:${key}`),
    );
  expect([...new Set(unused)]).toEqual([]);
});
