import { expect, test } from 'vitest';
import { matches } from './keys.ts';

const pressed = (key: string, mod: 'ctrlKey' | 'metaKey' | 'altKey' | null = null) => ({
  key,
  ctrlKey: mod === 'ctrlKey',
  metaKey: mod === 'metaKey',
  altKey: mod === 'altKey',
});

test('a lone key is pressed alone', () => {
  expect(matches('/', pressed('/'))).toBe(true);
  expect(matches('/', pressed('/', 'ctrlKey'))).toBe(false);
  expect(matches('?', pressed('?', 'altKey'))).toBe(false);
});

test('mod is Ctrl or Command', () => {
  expect(matches('mod+k', pressed('K', 'ctrlKey'))).toBe(true);
  expect(matches('mod+k', pressed('k', 'metaKey'))).toBe(true);
  expect(matches('mod+k', pressed('k'))).toBe(false);
});
