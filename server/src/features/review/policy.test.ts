import { CATEGORIES } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import {
  type AuthorRank,
  type Capacity,
  canBan,
  capacityOf,
  type DeciderFacts,
  mayDecide,
  mayUndo,
  rankOf,
  triggerOf,
  undoEnd,
} from './policy.ts';

describe('by which right somebody decides', () => {
  const nobody: DeciderFacts = {
    userId: 'u',
    platformRole: 'user',
    ownsChannel: false,
    moderatesChannel: false,
    isAssigned: false,
  };
  test.each<[string, Partial<DeciderFacts>, Capacity | null]>([
    ['a viewer has none', {}, null],
    ['the owner of the channel', { ownsChannel: true }, 'owner'],
    ['a moderator of the channel', { moderatesChannel: true }, 'moderator'],
    ['a moderator of the platform has none by that alone', { platformRole: 'moderator' }, null],
    [
      'a moderator of the platform whom it was assigned to',
      { platformRole: 'moderator', isAssigned: true },
      'assigned',
    ],
    ['somebody whom it was assigned to while they were one', { isAssigned: true }, null],
    ['an admin, whatever else they are', { platformRole: 'admin', ownsChannel: true }, 'admin'],
  ])('%s', (_who, facts, expected) => {
    expect(capacityOf({ ...nobody, ...facts })).toBe(expected);
  });

  test.each<[string, Partial<DeciderFacts>, AuthorRank]>([
    ['a viewer', {}, 'nobody'],
    ['the owner', { ownsChannel: true }, 'owner'],
    ['a moderator of the channel', { moderatesChannel: true }, 'moderator'],
    ['a moderator of the platform', { platformRole: 'moderator' }, 'moderator'],
    ['an admin on their own channel', { platformRole: 'admin', ownsChannel: true }, 'admin'],
  ])('an author is %s', (_who, facts, expected) => {
    expect(rankOf({ ...nobody, ...facts })).toBe(expected);
  });
});

describe('who may decide', () => {
  const matter = { kind: 'reject', status: 'pending', isOwn: false, capacity: 'moderator', author: 'nobody' } as const;

  test.each([
    ['neither of the channel nor assigned: it is not there', { capacity: null }, 'not_found'],
    ['neither of the channel, and their own: it is not there either', { capacity: null, isOwn: true }, 'not_found'],
    ['a moderator on their own', { isOwn: true }, 'own_content'],
    ['an admin on their own', { isOwn: true, capacity: 'admin' }, 'own_content'],
    ['a moderator on what was approved', { status: 'approved' }, 'already_decided'],
    ['an admin on what was passed on: that has a desk of its own', { status: 'escalated' }, 'already_decided'],
    ['a moderator on what waits', {}, true],
  ] as const)('%s', (_who, facts, expected) => {
    const decision = mayDecide({ ...matter, ...facts });
    expect(decision.allowed || decision.code).toBe(expected);
  });

  const AUTHORS = ['nobody', 'moderator', 'owner', 'admin'] as const;
  test.each([
    ['moderator', [true, false, false, false]],
    ['assigned', [true, false, true, false]],
    ['owner', [true, true, true, false]],
    ['admin', [true, true, true, true]],
  ] as const)('a(n) %s acts against a viewer, a moderator, the owner, an admin: %j', (capacity, expected) => {
    for (const kind of ['reject', 'timeout', 'warning', 'strike', 'ban', 'penalty'] as const) {
      const reached = AUTHORS.map((author) => mayDecide({ ...matter, capacity, author, kind }).allowed);
      expect([kind, reached]).toEqual([kind, expected]);
    }
    for (const kind of ['approve', 'escalate'] as const) {
      const reached = AUTHORS.map((author) => mayDecide({ ...matter, capacity, author, kind }).allowed);
      expect([kind, reached]).toEqual([kind, [true, true, true, true]]);
    }
  });
});

test('a ban needs a stream to keep somebody out of', () => {
  expect(canBan({ channelId: 'c', streamId: 's' })).toBe(true);
  expect(canBan({ channelId: null, streamId: 's' })).toBe(false);
  expect(canBan({ channelId: null, streamId: null })).toBe(false);
});

test('every category has a trigger', () => {
  expect(Object.fromEntries(CATEGORIES.map((category) => [category, triggerOf(category)]))).toMatchObject({
    hate: 'hate_speech',
    minors: 'minors',
    threat: 'threats',
    impersonation: 'staff_impersonation',
    spam: 'multi_violation',
  });
});

describe('taking a decision back', () => {
  const at = new Date('2027-01-01T12:00:00.000Z');
  const later = (ms: number) => new Date(at.getTime() + ms);
  const action = { actorId: 'mo', undoableUntil: undoEnd(at, true, 10) };
  test.each([
    ['at once', { action, userId: 'mo', now: at }, 'allowed'],
    ['a millisecond before ten seconds are over', { action, userId: 'mo', now: later(9_999) }, 'allowed'],
    ['at ten seconds, when the person is told', { action, userId: 'mo', now: later(10_000) }, 'over'],
    ['by somebody else', { action, userId: 'ada', now: at }, 'others'],
    [
      'of a decision that was told at once',
      { action: { ...action, undoableUntil: null }, userId: 'mo', now: at },
      'never',
    ],
    ['of nothing', { action: null, userId: 'mo', now: at }, 'nothing'],
  ] as const)('%s', (_when, facts, expected) => {
    expect(mayUndo(facts)).toBe(expected);
  });

  test('is only offered when it was asked for', () => {
    expect(undoEnd(at, false, 10)).toBeNull();
  });
});
