import type { StreamId, Tip, TipId, UserId } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { mayTip, type TipFacts, tipFor } from './policy.ts';

const NOW = new Date('2027-03-01T20:00:00Z');

const allowed = { allowed: true } as const;
const refused = (code: 'stream_ended' | 'timed_out') => ({ allowed: false, code, detail: '' }) as const;

describe('who may tip', () => {
  const CASES: [string, Partial<TipFacts>, string | null][] = [
    ['a viewer of a running stream', {}, null],
    ['in dollars', { currency: 'USD' }, null],
    ['in pounds', { currency: 'GBP' }, null],
    ['in yen', { currency: 'JPY' }, 'currency_unsupported'],
    ['the creator', { isOwn: true }, 'self_tip'],
    ['the creator, after the end', { isOwn: true, inRoom: refused('stream_ended') }, 'self_tip'],
    ['after the end', { inRoom: refused('stream_ended') }, 'stream_ended'],
    ['someone the room is closed to', { inRoom: refused('timed_out') }, 'timed_out'],
  ];
  test.each(CASES)('%s', (_who, facts, refusal) => {
    const verdict = mayTip({ isOwn: false, currency: 'EUR', inRoom: allowed, ...facts });
    expect(verdict.allowed ? null : verdict.code).toBe(refusal);
  });
});

describe('who reads the words with a tip', () => {
  const author = 'author' as UserId;
  const tip = (messageStatus: Tip['messageStatus']): Tip => ({
    id: 't' as TipId,
    streamId: 's' as StreamId,
    userId: author,
    displayName: 'Juno',
    badges: [],
    amount: { amount: 500, currency: 'EUR' },
    message: messageStatus === 'none' || messageStatus === 'blocked' ? null : 'words',
    messageStatus,
    createdAt: NOW.toISOString(),
  });
  const readers = {
    author: { userId: author, moderates: false },
    moderator: { userId: 'mo' as UserId, moderates: true },
    viewer: { userId: 'vic' as UserId, moderates: false },
    guest: { userId: null, moderates: false },
  };
  test.each([
    ['published', { author: 'words', moderator: 'words', viewer: 'words', guest: 'words' }],
    ['held', { author: 'words', moderator: 'words', viewer: null, guest: null }],
    ['blocked', { author: null, moderator: null, viewer: null, guest: null }],
    ['none', { author: null, moderator: null, viewer: null, guest: null }],
  ] as const)('%s', (status, expected) => {
    for (const [who, reader] of Object.entries(readers)) {
      expect([who, tipFor(tip(status), reader).message]).toEqual([who, expected[who as keyof typeof readers]]);
    }
  });

  test('nobody but the author learns that words were blocked, nobody but moderators that they are held', () => {
    expect(tipFor(tip('blocked'), readers.author).messageStatus).toBe('blocked');
    expect(tipFor(tip('blocked'), readers.moderator).messageStatus).toBe('none');
    expect(tipFor(tip('held'), readers.moderator).messageStatus).toBe('held');
    expect(tipFor(tip('held'), readers.viewer).messageStatus).toBe('none');
  });

  test('a tip whose giver is gone is no guest’s own', () => {
    expect(tipFor({ ...tip('held'), userId: null }, readers.guest).message).toBeNull();
  });
});
