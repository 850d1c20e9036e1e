import type { MediaState } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { GUEST_STANDING, type Standing } from '../channels/index.ts';
import { endsWithoutMediaAt, mayDirect, mayStart, mayWatch, nextMediaState } from './policy.ts';

const owner: Standing = { ...GUEST_STANDING, signedIn: true, isOwner: true };
const viewer: Standing = { ...GUEST_STANDING, signedIn: true };

describe('starting a stream', () => {
  test.each([
    ['free', { allowed: false, code: 'tier_required' }],
    ['pro', { allowed: true }],
    ['premium', { allowed: true }],
  ] as const)('tier %s', (tier, decision) => {
    expect(mayStart({ tier })).toEqual(decision);
  });
});

describe('watching', () => {
  const admin: Standing = { ...viewer, platformRole: 'admin' };
  const patron: Standing = { ...viewer, granted: new Set(['patron']) };
  test.each<[string, { patronOnly?: boolean; isBanned?: boolean }, Standing, string]>([
    ['a guest and a public stream', {}, GUEST_STANDING, 'allowed'],
    ['a viewer and a public stream', {}, viewer, 'allowed'],
    ['a guest and a patron-only stream', { patronOnly: true }, GUEST_STANDING, 'patron_required'],
    ['a viewer and a patron-only stream', { patronOnly: true }, viewer, 'patron_required'],
    ['a patron and a patron-only stream', { patronOnly: true }, patron, 'allowed'],
    ['a creator and their own patron-only stream', { patronOnly: true }, owner, 'allowed'],
    ['someone banned from the channel', { isBanned: true }, viewer, 'banned'],
    ['a patron banned from the channel', { patronOnly: true, isBanned: true }, patron, 'banned'],
    ['an admin whom the channel banned', { patronOnly: true, isBanned: true }, admin, 'allowed'],
  ])('%s', (_what, stream, standing, outcome) => {
    const decision = mayWatch({ patronOnly: false, isBanned: false, ...stream }, standing);
    expect(decision.allowed ? 'allowed' : decision.code).toBe(outcome);
  });
});

describe('directing', () => {
  test('only the owner ends or changes a stream, and only while it runs', () => {
    expect(mayDirect({ isActive: true }, owner)).toEqual({ allowed: true });
    expect(mayDirect({ isActive: true }, viewer)).toEqual({ allowed: false, code: 'not_allowed' });
    expect(mayDirect({ isActive: false }, owner)).toEqual({ allowed: false, code: 'stream_ended' });
    expect(mayDirect({ isActive: false }, viewer)).toEqual({ allowed: false, code: 'not_allowed' });
  });
});

describe('the state of the media', () => {
  test.each<[MediaState, 'waiting' | 'live' | 'interrupted', MediaState, string]>([
    ['waiting', 'waiting', 'waiting', 'no video came yet'],
    ['waiting', 'live', 'live', 'the first video'],
    ['waiting', 'interrupted', 'interrupted', 'video came and went before anyone looked'],
    ['live', 'live', 'live', 'it goes on'],
    ['live', 'interrupted', 'interrupted', 'the publisher lost the connection'],
    ['live', 'waiting', 'interrupted', 'the server restarted under a live stream'],
    ['interrupted', 'live', 'live', 'the publisher is back'],
    ['interrupted', 'waiting', 'interrupted', 'the server restarted during an interruption'],
    ['interrupted', 'interrupted', 'interrupted', 'still away'],
    ['ended', 'live', 'ended', 'an ended stream stays ended whatever arrives'],
    ['ended', 'waiting', 'ended', 'an ended stream stays ended'],
  ])('%s, engine says %s: %s, because %s', (stored, engine, next) => {
    expect(nextMediaState(stored, engine)).toBe(next);
  });

  test.each<[MediaState, string | null]>([
    ['waiting', '2026-01-01T12:15:00.000Z'],
    ['interrupted', '2026-01-01T13:05:00.000Z'],
    ['live', null],
    ['ended', null],
  ])('started at noon, media last seen at one: a %s stream ends at %s', (mediaState, endsAt) => {
    const startedAt = new Date('2026-01-01T12:00:00.000Z');
    const lastMediaAt = mediaState === 'waiting' ? null : new Date('2026-01-01T13:00:00.000Z');
    expect(endsWithoutMediaAt({ mediaState, startedAt, lastMediaAt })?.toISOString() ?? null).toBe(endsAt);
  });
});
