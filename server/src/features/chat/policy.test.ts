import type { ChatModes } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GrantedRole, GUEST_STANDING, type Standing } from '../channels/index.ts';
import { isEmotesOnly } from './emotes.ts';
import { type MessageFacts, mayEnter, mayReact, mayWrite, type PersonFacts, type RoomFacts } from './policy.ts';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

const openModes: ChatModes = {
  slowSeconds: null,
  followersMinutes: null,
  patronsOnly: false,
  emoteOnly: false,
  uniqueChat: false,
  shield: false,
};
const room = (modes: Partial<ChatModes> = {}, facts: Partial<RoomFacts> = {}): RoomFacts => ({
  isActive: true,
  patronOnly: false,
  modes: { ...openModes, ...modes },
  ...facts,
});
const viewer: Standing = { ...GUEST_STANDING, signedIn: true };
const withRole = (...granted: GrantedRole[]): Standing => ({ ...viewer, granted: new Set(granted) });
const owner: Standing = { ...viewer, isOwner: true };
const person = (standing: Standing = viewer, facts: Partial<PersonFacts> = {}): PersonFacts => ({
  standing,
  followingSince: null,
  timedOutUntil: null,
  channelBan: null,
  ...facts,
});
const words: MessageFacts = { lastMessageAt: null, isEmotesOnly: false, isRepetition: false };

const verdict = (r: RoomFacts, p: PersonFacts, m: Partial<MessageFacts> = {}) => {
  const decision = mayWrite(r, p, { ...words, ...m }, NOW);
  return decision.allowed ? 'allowed' : decision.code;
};

describe('writing', () => {
  test.each<[string, RoomFacts, PersonFacts, Partial<MessageFacts>, string]>([
    ['a viewer in an open room writes', room(), person(), {}, 'allowed'],
    ['nobody writes in an ended stream', room({}, { isActive: false }), person(owner), {}, 'stream_ended'],
    ['a banned person does not', room(), person(viewer, { channelBan: 'forever' }), {}, 'banned'],
    ['a ban that ran out does not count', room(), person(viewer, { channelBan: minutesAgo(1) }), {}, 'allowed'],
    ['a timeout silences', room(), person(viewer, { timedOutUntil: new Date(NOW.getTime() + 1) }), {}, 'timed_out'],
    ['a timeout ends on the instant', room(), person(viewer, { timedOutUntil: NOW }), {}, 'allowed'],
    [
      'a timeout silences a VIP too',
      room(),
      person(withRole('vip'), { timedOutUntil: new Date(NOW.getTime() + 1) }),
      {},
      'timed_out',
    ],
    ['patron-only streams need a patron', room({}, { patronOnly: true }), person(), {}, 'patron_required'],
    ['a patron enters them', room({}, { patronOnly: true }), person(withRole('patron')), {}, 'allowed'],
    ['a VIP alone does not', room({}, { patronOnly: true }), person(withRole('vip')), {}, 'patron_required'],
    ['patrons-only chat holds viewers back', room({ patronsOnly: true }), person(), {}, 'mode_restricted'],
    ['patrons-only chat lets patrons write', room({ patronsOnly: true }), person(withRole('patron')), {}, 'allowed'],
    ['followers-only asks for a follow', room({ followersMinutes: 10 }), person(), {}, 'mode_restricted'],
    [
      '… of so many minutes',
      room({ followersMinutes: 10 }),
      person(viewer, { followingSince: minutesAgo(9) }),
      {},
      'mode_restricted',
    ],
    [
      '… and no more',
      room({ followersMinutes: 10 }),
      person(viewer, { followingSince: minutesAgo(10) }),
      {},
      'allowed',
    ],
    [
      'followers-only of zero minutes takes every follower',
      room({ followersMinutes: 0 }),
      person(viewer, { followingSince: NOW }),
      {},
      'allowed',
    ],
    ['… and still no stranger', room({ followersMinutes: 0 }), person(), {}, 'mode_restricted'],
    ['a patron need not follow', room({ followersMinutes: 10 }), person(withRole('patron')), {}, 'allowed'],
    [
      'shield asks for ten minutes of following',
      room({ shield: true }),
      person(viewer, { followingSince: minutesAgo(9) }),
      {},
      'mode_restricted',
    ],
    ['emote-only refuses words', room({ emoteOnly: true }), person(withRole('patron')), {}, 'mode_restricted'],
    ['emote-only takes emotes', room({ emoteOnly: true }), person(), { isEmotesOnly: true }, 'allowed'],
    [
      'unique chat refuses a repetition',
      room({ uniqueChat: true }),
      person(),
      { isRepetition: true },
      'mode_restricted',
    ],
    [
      'slow mode makes wait',
      room({ slowSeconds: 30 }),
      person(),
      { lastMessageAt: new Date(NOW.getTime() - 29_999) },
      'slow_mode',
    ],
    [
      'slow mode is over on the second',
      room({ slowSeconds: 30 }),
      person(),
      { lastMessageAt: new Date(NOW.getTime() - 30_000) },
      'allowed',
    ],
  ])('%s', (_, roomFacts, personFacts, message, expected) => {
    expect(verdict(roomFacts, personFacts, message)).toBe(expected);
  });

  const strictest = room({
    slowSeconds: 120,
    followersMinutes: 60,
    patronsOnly: true,
    emoteOnly: true,
    uniqueChat: true,
    shield: true,
  });
  test.each([
    ['the owner', owner],
    ['a moderator', withRole('moderator')],
    ['a VIP', withRole('vip')],
    ['the platform’s staff', { ...viewer, platformRole: 'moderator' as const }],
  ])('no mode holds back %s', (_, standing) => {
    expect(verdict(strictest, person(standing), { lastMessageAt: NOW, isRepetition: true })).toBe('allowed');
  });

  test('whoever may write may react and enter', () => {
    fc.assert(
      fc.property(
        fc.record({
          isActive: fc.boolean(),
          patronOnly: fc.boolean(),
          emoteOnly: fc.boolean(),
          patronsOnly: fc.boolean(),
        }),
        fc.constantFrom(viewer, owner, withRole('patron'), withRole('vip'), withRole('moderator')),
        fc.record({ banned: fc.boolean(), timedOut: fc.boolean() }),
        ({ isActive, patronOnly, ...modes }, standing, { banned, timedOut }) => {
          const here = room(modes, { isActive, patronOnly });
          const who = person(standing, {
            channelBan: banned ? 'forever' : null,
            timedOutUntil: timedOut ? new Date(NOW.getTime() + 1) : null,
          });
          if (!mayWrite(here, who, words, NOW).allowed) return;
          expect(mayReact(here, who, NOW).allowed && mayEnter(here, who, NOW).allowed).toBe(true);
        },
      ),
    );
  });
});

describe('nothing but emotes', () => {
  test.each(['🔥', '🔥🔥  🔥', '👩‍👩‍👧‍👦', '🇩🇪', '👍🏽 ❤️', '1️⃣', '☺️'])('%s', (text) =>
    expect(isEmotesOnly(text)).toBe(true),
  );
  test.each(['', '  ', 'a', '🔥 hi', ':virgil:', '1', '#', '\u200d'])('not %j', (text) =>
    expect(isEmotesOnly(text)).toBe(false),
  );
  test('the channel’s own count', () => {
    expect(isEmotesOnly(':virgil: 🔥', new Set(['virgil']))).toBe(true);
    expect(isEmotesOnly(':other:', new Set(['virgil']))).toBe(false);
  });
});
