import { expect, test } from 'vitest';
import { roughly } from './roughly.ts';

test.each([
  [20, 'en', '1 minute'],
  [40 * 60, 'en', '40 minutes'],
  [80 * 60, 'de', '80 Minuten'],
  [5 * 3600, 'en', '5 hours'],
  [30 * 3600, 'de', '30 Stunden'],
  [3 * 86_400, 'en', '3 days'],
])('%d seconds are, in %s, about %s', (seconds, language, words) => {
  expect(roughly(seconds, language)).toBe(words);
});
