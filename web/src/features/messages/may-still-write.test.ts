import { expect, test } from 'vitest';
import { mayStillWrite } from './may-still-write.ts';

const [mine, theirs] = [{ mine: true }, { mine: false }];

test.each([
  ['nothing was written', [], true],
  ['two of mine wait', [mine, mine], true],
  ['three of mine wait', [mine, mine, mine], false],
  ['they answered once', [mine, mine, theirs, mine, mine], true],
] as const)('%s', (_sentence, lines, may) => {
  expect(mayStillWrite(lines)).toBe(may);
});
