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
  test('a public stream is open to a guest', () => {
    expect(mayWatch({ patronOnly: false }, GUEST_STANDING)).toEqual({ allowed: true });
  });
  test('a patron-only stream asks a viewer for patronage', () => {
    expect(mayWatch({ patronOnly: true }, viewer)).toEqual({ allowed: false, code: 'patron_required' });
  });
  test('a creator watches their own patron-only stream', () => {
    expect(mayWatch({ patronOnly: true }, owner)).toEqual({ allowed: true });
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

  const since = new Date('2026-01-01T12:00:00.000Z');
  test.each<[MediaState, string | null]>([
    ['waiting', '2026-01-01T12:15:00.000Z'],
    ['interrupted', '2026-01-01T12:05:00.000Z'],
    ['live', null],
    ['ended', null],
  ])('without media a %s stream ends at %s', (mediaState, endsAt) => {
    expect(endsWithoutMediaAt({ mediaState, mediaStateSince: since })?.toISOString() ?? null).toBe(endsAt);
  });
});
