import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { maskCardNumbers, maskCardNumbersInJson, maskCardNumbersWithin } from './card-numbers.ts';

/** Completes digits with the one that makes the sum right. */
function withCheckDigit(digits: string): string {
  for (let last = 0; last < 10; last++) {
    const whole = `${digits}${last}`;
    if (maskCardNumbers(whole) !== whole) return whole;
  }
  throw new Error('no check digit fits');
}
const cards = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
  .map((digits) => withCheckDigit(digits.join('')));

describe('a card number', () => {
  test.each([
    ['4242424242424242', '[card number]'],
    ['4242 4242 4242 4242', '[card number]'],
    ['5555-5555-5555-4444', '[card number]'],
    ['3782 822463 10005', '[card number]'],
    ['my card is 4000056655665556, thanks', 'my card is [card number], thanks'],
    ['4242.4242.4242.4242 exp 12/30 cvc 123', '[card number] exp 12/30 cvc 123'],
    ['on 12 4242 4242 4242 4242', 'on 12 [card number]'],
    ['4242\u200b4242\u200b4242\u200b4242', '[card number]'],
    ['４２４２４２４２４２４２４２４２', '[card number]'],
    ['two: 4242424242424242 5555555555554444', 'two: [card number] [card number]'],
  ])('%s is masked', (text, expected) => {
    expect(maskCardNumbers(text)).toBe(expected);
  });

  test('is masked whatever it is and however it is grouped', () => {
    fc.assert(
      fc.property(
        cards,
        fc.constantFrom('', ' ', '-', ' - ', '\u00a0'),
        fc.integer({ min: 3, max: 6 }),
        (card, gap, size) => {
          const typed = (card.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(gap);
          const masked = maskCardNumbers(`before ${typed} after`);
          expect(masked.replace(/\D/g, '')).not.toContain(card);
          expect(masked).toMatch(/^before .*after$/);
        },
      ),
    );
  });
});

describe('what is no card number stays', () => {
  test.each([
    'call 0151 2345678',
    '4242 4242 4242 4241',
    '2026-11-20T14:52:52.123Z',
    'sha256 9f86d4242424242424242d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b',
    'amount 50000 of 100000',
  ])('%s', (text) => {
    expect(maskCardNumbers(text)).toBe(text);
  });

  test('ids of ours, however many digits they hold', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{8}-\d{4}-7\d{3}-8\d{3}-\d{12}$/), (id) => {
        expect(maskCardNumbers(`stream ${id}`)).toBe(`stream ${id}`);
      }),
    );
    expect(maskCardNumbers(uuidv7())).toHaveLength(36);
  });
});

test('JSON stays JSON', () => {
  const line = JSON.stringify({
    at: 1_763_650_000_002,
    amount: 4242424242424242,
    text: 'a "4242 4242 4242 4242" \\ here',
    list: ['4242424242424242', 7],
  });
  expect(JSON.parse(maskCardNumbersInJson(line))).toEqual({
    at: 1_763_650_000_002,
    amount: '[card number]',
    text: 'a "[card number]" \\ here',
    list: ['[card number]', 7],
  });
});

test('texts within a value are masked, and what is no text stays what it is', () => {
  const at = new Date(0);
  expect(maskCardNumbersWithin({ at, n: 7, none: null, texts: ['4242424242424242', { deep: 'ok' }] })).toEqual({
    at,
    n: 7,
    none: null,
    texts: ['[card number]', { deep: 'ok' }],
  });
});
