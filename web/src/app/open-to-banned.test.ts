import { expect, test } from 'vitest';
import { isOpenToBanned } from './open-to-banned.ts';

test.each([
  ['/settings/account/appeals', true],
  ['/settings/account/appeals/', true],
  ['/inbox', true],
  ['/settings/data', true],
  ['/policies/copyright', true],
  ['/dmca', true],
  ['/', false],
  ['/settings/profile', false],
  ['/settings/account', false],
  ['/inboxes', false],
  ['/policiesx', false],
  ['/watch/1', false],
  ['/admin/users', false],
])('%s stays open to a banned person: %s', (path, isOpen) => {
  expect(isOpenToBanned(path)).toBe(isOpen);
});
