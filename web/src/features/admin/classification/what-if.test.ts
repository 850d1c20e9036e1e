import { describe, expect, test } from 'vitest';
import { barsOf, outcomeWith, textsBelowChart } from './what-if.ts';

const scores = {
  buckets: [
    { score: 0, texts: 900, neverBlocked: 0 },
    { score: 0.59, texts: 5, neverBlocked: 1 },
    { score: 0.6, texts: 3, neverBlocked: 1 },
    { score: 0.84, texts: 2, neverBlocked: 0 },
    { score: 0.85, texts: 4, neverBlocked: 1 },
    { score: 1, texts: 2, neverBlocked: 2 },
  ],
};

describe('what other thresholds would have done', () => {
  test.each([
    [
      { hold: 0.6, block: 0.85 },
      { held: 3 + 2 + 1 + 2, blocked: 3 },
    ],
    [
      { hold: 0.59, block: 0.84 },
      { held: 5 + 3 + 1 + 2, blocked: 2 + 3 },
    ],
    [
      { hold: 1, block: 1 },
      { held: 2, blocked: 0 },
    ],
    [
      { hold: 0.6, block: 0.6 },
      { held: 1 + 1 + 2, blocked: 2 + 2 + 3 },
    ],
  ])('%j: %j', (limits, expected) => {
    expect(outcomeWith(scores, limits)).toEqual(expected);
  });
});

test('the chart shows every text from 0.20 on once, also those that scored 1', () => {
  const bars = barsOf(scores);
  expect(bars).toHaveLength(80);
  expect(bars.reduce((sum, { texts }) => sum + texts, 0)).toBe(16);
  expect(bars.at(-1)).toEqual({ score: 0.99, texts: 2 });
  expect(bars.find(({ score }) => score === 0.59)?.texts).toBe(5);
  expect(textsBelowChart(scores)).toBe(900);
});
