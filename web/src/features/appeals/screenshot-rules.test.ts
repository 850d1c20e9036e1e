import { expect, test } from 'vitest';
import { problemOf } from './screenshot-rules.ts';

test.each([
  ['a PNG', { type: 'image/png', size: 1 }, null],
  ['a WebP of exactly five megabytes', { type: 'image/webp', size: 5 * 1024 * 1024 }, null],
  ['one byte more', { type: 'image/webp', size: 5 * 1024 * 1024 + 1 }, 'size'],
  ['an SVG', { type: 'image/svg+xml', size: 1 }, 'type'],
  ['a GIF', { type: 'image/gif', size: 1 }, 'type'],
  ['a file without a type', { type: '', size: 1 }, 'type'],
] as const)('%s', (_, file, problem) => {
  expect(problemOf(file)).toBe(problem);
});
