import { describe, expect, test } from 'vitest';
import { cutScore, riskLevel, scoreText } from './risk-score.ts';

describe('a score', () => {
  test.each([
    [0, 0],
    [0.3999, 0],
    [0.4, 1],
    [0.5999, 1],
    [0.6, 2],
    [0.8499, 2],
    [0.85, 3],
    [1, 3],
  ])('of %s stands in band %i', (score, level) => {
    expect(riskLevel(score)).toBe(level);
  });

  test('is measured by the thresholds that were applied to it', () => {
    expect(riskLevel(0.5, { hold: 0.5, block: 0.7 })).toBe(2);
    expect(riskLevel(0.7, { hold: 0.5, block: 0.7 })).toBe(3);
    expect(riskLevel(0.31, { hold: 0.3, block: 0.9 })).toBe(2);
    expect(riskLevel(0.29, { hold: 0.3, block: 0.9 })).toBe(0);
  });

  test.each([
    [0.5999, '0.59'],
    [0.8499, '0.84'],
    [0.29, '0.29'],
    [0.57, '0.57'],
    [0.999, '0.99'],
    [1, '1.00'],
  ])('of %s is written as %s: cut, not rounded', (score, text) => {
    expect(scoreText(score, 'en')).toBe(text);
    expect(scoreText(score, 'de')).toBe(text.replace('.', ','));
  });

  test('in whole hundredths stays what it is', () => {
    for (let hundredth = 0; hundredth <= 100; hundredth += 1) {
      expect(cutScore(hundredth / 100)).toBe(hundredth / 100);
      // As single precision, which is how the database keeps it.
      expect(cutScore(Math.fround(hundredth / 100))).toBe(hundredth / 100);
    }
  });
});
