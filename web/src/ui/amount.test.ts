import { describe, expect, it } from 'vitest';
import { minorUnitsOf, sharesOf, typedAmount } from './amount.ts';

describe('an amount that is typed', () => {
  it.each([
    ['4', 400],
    ['4.5', 450],
    ['4,50', 450],
    [' 12.05 € ', 1205],
    ['£3', 300],
    ['0,99', 99],
    ['', null],
    ['4.505', null],
    ['1.000,00', null],
    ['-4', null],
    ['four', null],
    ['4e2', null],
  ])('%j', (text, amount) => {
    expect(minorUnitsOf(text)).toBe(amount);
  });

  it('is written as people of the language type it', () => {
    expect([typedAmount(450, 'en'), typedAmount(450, 'de'), typedAmount(2000, 'de')]).toEqual(['4.50', '4,50', '20']);
  });
});

describe('shares', () => {
  it('round the platform’s part down and lose nothing', () => {
    expect(sharesOf(505)).toEqual({ artist: 455, platform: 50 });
    expect(sharesOf(100)).toEqual({ artist: 90, platform: 10 });
  });
});
