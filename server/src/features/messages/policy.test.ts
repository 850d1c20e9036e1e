import { describe, expect, it } from 'vitest';
import { mayWrite, type WritingFacts } from './policy.ts';

const DAY_MS = 86_400_000;
const friends: WritingFacts = {
  isSelf: false,
  exists: true,
  isBlocked: false,
  isStaff: false,
  accountAgeMs: 100 * DAY_MS,
  hasAnswered: true,
  written: 10,
  firstContacts: 0,
  windowEndsInMs: 0,
};
const stranger: WritingFacts = { ...friends, hasAnswered: false, written: 0 };
const newcomer: WritingFacts = { ...stranger, accountAgeMs: 1 };

describe('writing to somebody', () => {
  it.each([
    ['to whom one talks already', friends, null],
    ['to oneself', { ...friends, isSelf: true }, 'own_content'],
    ['to nobody', { ...friends, exists: false }, 'not_found'],
    ['across a block', { ...friends, isBlocked: true }, 'not_allowed'],
    ['across a block, also for staff', { ...friends, isBlocked: true, isStaff: true }, 'not_allowed'],
    ['a first time', stranger, null],
    ['a third time without an answer', { ...stranger, written: 2 }, null],
    ['a fourth time without an answer', { ...stranger, written: 3 }, 'not_allowed'],
    ['a fourth time without an answer, as staff', { ...stranger, written: 3, isStaff: true }, null],
    ['to the twentieth stranger of a day', { ...stranger, firstContacts: 19 }, null],
    ['to the twenty-first stranger of a day', { ...stranger, firstContacts: 20 }, 'rate_limited'],
    ['to a stranger of before, on a full day', { ...stranger, written: 1, firstContacts: 20 }, null],
    ['to a friend, on a full day', { ...friends, firstContacts: 20 }, null],
    ['to the fifth stranger, from a young account', { ...newcomer, firstContacts: 4 }, null],
    ['to the sixth stranger, from a young account', { ...newcomer, firstContacts: 5 }, 'rate_limited'],
    ['to the sixth stranger, after a week', { ...newcomer, accountAgeMs: 7 * DAY_MS, firstContacts: 5 }, null],
  ] as const)('%s', (_sentence, facts, code) => {
    const verdict = mayWrite(facts);
    expect(verdict.allowed ? null : verdict.code).toBe(code);
  });

  it('says the same of a block whoever made it, and does not name it', () => {
    const verdict = mayWrite({ ...stranger, isBlocked: true });
    expect(verdict).toEqual({ allowed: false, code: 'not_allowed', detail: 'You cannot write to this person.' });
  });

  it('says so before anything else between the two, so that nothing else shows through', () => {
    const plain = mayWrite({ ...stranger, isBlocked: true });
    for (const facts of [friends, newcomer, { ...stranger, written: 3 }, { ...stranger, firstContacts: 20 }]) {
      expect(mayWrite({ ...facts, isBlocked: true })).toEqual(plain);
    }
  });

  it('says when the day is over', () => {
    const verdict = mayWrite({ ...stranger, firstContacts: 20, windowEndsInMs: 5000 });
    expect(verdict).toMatchObject({ code: 'rate_limited', retryAfterMs: 5000 });
  });
});
