import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVisibleName, nameKeys } from './name-skeleton.ts';

const alike = (one: string, other: string): boolean => {
  const [a, b] = [Object.values(nameKeys(one)), Object.values(nameKeys(other))];
  return a.some((key) => b.includes(key));
};

describe('name keys', () => {
  it.each([
    ['Alice', 'alice', 'another case'],
    ['Alice', 'AIice', 'a capital i for an l'],
    ['Alice', 'A1ice', 'a one for an l'],
    ['paypal', 'раураl', 'Cyrillic letters'],
    ['Virgil', 'Ⅴirgil', 'a Roman numeral'],
    ['Virgil', 'Ｖｉｒｇｉｌ', 'full width'],
    ['Virgil', '𝓥𝓲𝓻𝓰𝓲𝓵', 'mathematical script'],
    ['Virgil', 'Vir\u200bgil', 'a zero-width space'],
    ['Virgil', 'Vir\u00adgil', 'a soft hyphen'],
    ['Virgil', 'Virgil\u202e', 'a direction override'],
    ['Virgil', 'Vir gil', 'a space'],
    ['modern', 'rnodern', 'r and n for m'],
    ['Zoé', 'Zoe\u0301', 'a combining accent'],
    ['STRASSE', 'straße', 'sharp s'],
    ['scope', 'ѕсоре', 'all Cyrillic'],
    ['Ohm', 'Ωhm'.replace('Ω', 'O'), 'itself'],
    ['O0O', '0O0', 'zeros for Os'],
    ['Beatrice', 'Веatrice', 'a Cyrillic capital that is no look-alike in lower case'],
    ['Вера', 'вера', 'another case of Cyrillic'],
    ['alice', 'ΑLICE', 'a Greek capital in another case'],
  ])('%j and %j fold alike: %s', (one, other) => {
    expect(alike(one, other)).toBe(true);
  });

  it.each([
    ['Dante', 'Danté'],
    ['Virgil', 'Vergil'],
    ['名前', '名字'],
    ['Анна', 'Инна'],
    ['ray', 'yay'],
    ['сова', 'coba'],
  ])('%j and %j stay apart', (one, other) => {
    expect(alike(one, other)).toBe(false);
  });

  it('is stable: folding a skeleton changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 32 }), (name) => {
        const { skeleton, caseless } = nameKeys(name);
        expect(nameKeys(skeleton).skeleton).toBe(skeleton);
        expect(nameKeys(caseless).caseless).toBe(caseless);
      }),
      { numRuns: 100 },
    );
  });

  it('ignores case, invisible characters and composition wherever they are', () => {
    const invisible = fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u202e',
      '\u{e0041}',
      '\ufe0f',
      '\u3164',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(20), invisible, (name, at, character) => {
        const hidden = name.slice(0, at).toWellFormed() + character + name.slice(at).toWellFormed();
        if (!name.slice(0, at).isWellFormed()) return;
        expect(nameKeys(hidden)).toEqual(nameKeys(name));
        expect(nameKeys(name.normalize('NFD'))).toEqual(nameKeys(name.normalize('NFC')));
      }),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (name) => {
        expect(alike(name.toUpperCase(), name.toLowerCase())).toBe(true);
      }),
    );
  });

  it('sees that a name of invisible characters shows nothing', () => {
    expect(isVisibleName('\u200b\u3164 ')).toBe(false);
    expect(isVisibleName('ab')).toBe(true);
  });
});
