import { expect, test } from 'vitest';
import { stateOf, withholds } from './policy.ts';

test.each([
  ['nothing holds it', [], null],
  ['one decision does', [false], 'removed'],
  ['two do', [false, false], 'removed'],
  ['one of them concerns minors', [false, true], 'withheld'],
] as const)('when %s', (_when, holds, state) => {
  expect(stateOf(holds.map((isWithheld) => ({ isWithheld })))).toBe(state);
});

test('only what endangers minors is withheld from its maker too', () => {
  expect(['minors', 'sexual', 'terror', 'copyright', 'other'].filter(withholds)).toEqual(['minors']);
});
