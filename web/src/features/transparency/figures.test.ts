import { expect, test } from 'vitest';
import { partsOf, ranked } from './figures.ts';

test('what happened most comes first, and what never happened not at all', () => {
  expect(ranked({ spam: 2, hate: 5, other: 0, fraud: 2 })).toEqual([
    { key: 'hate', count: 5 },
    { key: 'fraud', count: 2 },
    { key: 'spam', count: 2 },
  ]);
});

test.each([
  ['2026-11', { year: '2026', month: 11 }],
  ['2026-H1', { year: '2026', half: 1 }],
  ['2026-H2', { year: '2026', half: 2 }],
])('%s is taken apart', (name, parts) => {
  expect(partsOf(name)).toEqual(parts);
});
