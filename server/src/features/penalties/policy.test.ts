import type { UserId } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { endOfPenalty, isAppealable, mayBan } from './policy.ts';

const ed = 'ed' as UserId;
const vic = 'vic' as UserId;
const facts = { adminId: ed, userId: vic, isBannedByDecision: false, adminIsBanned: false };

describe('an admin may close an account', () => {
  test.each([
    ['of somebody', facts, null],
    ['not their own', { ...facts, userId: ed }, 'oneself'],
    ['not twice', { ...facts, isBannedByDecision: true }, 'decided'],
    ['not when a penalty against themselves came first', { ...facts, adminIsBanned: true }, 'banned_oneself'],
  ] as const)('%s', (_, given, because) => {
    expect(mayBan(given)).toEqual(because === null ? { allowed: true } : { allowed: false, because });
  });
});

describe('a penalty can be appealed', () => {
  test.each([
    ['permanent, for spam', 'permanent', 'spam', true],
    ['permanent, for nothing in particular', 'permanent', null, true],
    ['not permanent, for minors', 'permanent', 'minors', false],
    ['not permanent, for terror', 'permanent', 'terror', false],
    ['not permanent, for fraud', 'permanent', 'fraud', false],
    ['temporary, for fraud', 'temporary', 'fraud', true],
  ] as const)('%s', (_, severity, category, appealable) => {
    expect(isAppealable({ severity, category })).toBe(appealable);
  });
});

test('a temporary penalty ends after its hours, a permanent one never', () => {
  const at = new Date('2027-03-01T12:00:30.500Z');
  expect(endOfPenalty(at, 24)?.toISOString()).toBe('2027-03-02T12:00:30.500Z');
  expect(endOfPenalty(at, 720)?.toISOString()).toBe('2027-03-31T12:00:30.500Z');
  expect(endOfPenalty(at, null)).toBeNull();
});
