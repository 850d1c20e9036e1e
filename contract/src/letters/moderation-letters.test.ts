import { expect, test } from 'vitest';
import { quoteOf } from './moderation-letters.ts';

test('a quote is one line, cut where no character is torn apart', () => {
  expect(quoteOf('  two\n lines ')).toBe('two lines');
  expect(quoteOf('🙂'.repeat(160))).toBe('🙂'.repeat(160));
  expect(quoteOf('🙂'.repeat(161))).toBe(`${'🙂'.repeat(159)}…`);
});
