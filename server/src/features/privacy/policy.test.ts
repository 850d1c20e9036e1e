import { describe, expect, test } from 'vitest';
import { type ErasureFacts, erasesAt, isHoldTooLong, onTheDay, whyNotErase } from './policy.ts';

const fine: ErasureFacts = { role: 'user', otherAdmins: 0, via: 'session', isOwner: true };

describe('an account is erased', () => {
  test.each<[string, Partial<ErasureFacts>, boolean]>([
    ['by its person with their password', {}, true],
    ['not with a wrong password', { isOwner: false }, false],
    ['not by a program with a key', { via: 'api-key' }, false],
    ['not when it is the last admin’s', { role: 'admin', otherAdmins: 0 }, false],
    ['when another admin is there', { role: 'admin', otherAdmins: 1 }, true],
  ])('%s', (_situation, facts, allowed) => {
    expect(whyNotErase({ ...fine, ...facts }) === null).toBe(allowed);
  });

  test('seven days after it was asked for', () => {
    expect(erasesAt(new Date('2026-03-28T10:00:00Z')).toISOString()).toBe('2026-04-04T10:00:00.000Z');
  });

  test('not while a hold is in force; then only access closes, and it is looked at again when the hold ends', () => {
    const until = new Date('2027-01-01T00:00:00Z');
    expect(onTheDay(until)).toEqual({ act: 'restrict', until });
    expect(onTheDay(null)).toEqual({ act: 'erase' });
  });
});

test('a hold lasts three years at most', () => {
  const from = new Date('2026-01-01T00:00:00Z');
  expect(isHoldTooLong(from, new Date('2029-01-01T00:00:00Z'))).toBe(false);
  expect(isHoldTooLong(from, new Date('2029-02-01T00:00:00Z'))).toBe(true);
});
