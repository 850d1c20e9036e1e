import { describe, expect, it } from 'vitest';
import type { Standing } from '../channels/index.ts';
import { mayComment, removalAct, type WriterFacts } from './policy.ts';

const now = new Date('2027-01-01T12:00:00Z');
const nobody: Standing = {
  signedIn: true,
  isOwner: false,
  granted: new Set(),
  isFollowing: false,
  platformRole: 'user',
};
const owner: Standing = { ...nobody, isOwner: true };
const moderator: Standing = { ...nobody, granted: new Set(['moderator']) };
const vip: Standing = { ...nobody, granted: new Set(['vip']) };
const admin: Standing = { ...nobody, platformRole: 'admin' };
const staff: Standing = { ...nobody, platformRole: 'moderator' };
const free: WriterFacts = {
  isOpen: true,
  standing: nobody,
  isBannedFromChannel: false,
  timedOutUntil: null,
  isBlocked: false,
};

describe('writing under a recording', () => {
  it.each([
    ['somebody signed in may', free, null],
    ['a guest is asked to sign in', { ...free, standing: { ...nobody, signedIn: false } }, 'sign_in_required'],
    ['nobody may where comments are turned off', { ...free, isOpen: false }, 'not_allowed'],
    ['not even the creator then', { ...free, isOpen: false, standing: owner }, 'not_allowed'],
    ['whoever is banned from the channel may not', { ...free, isBannedFromChannel: true }, 'banned'],
    ['whom the creator blocked may not', { ...free, isBlocked: true }, 'not_allowed'],
    ['whoever is timed out waits', { ...free, timedOutUntil: new Date(now.getTime() + 1) }, 'timed_out'],
    ['a timeout that is over does not count', { ...free, timedOutUntil: now }, null],
  ] as const)('%s', (_sentence, facts, code) => {
    const verdict = mayComment(facts, now);
    expect(verdict.allowed ? null : verdict.code).toBe(code);
  });

  it('says nothing of a block that it does not say of anything else', () => {
    const verdict = mayComment({ ...free, isBlocked: true }, now);
    expect(JSON.stringify(verdict)).not.toMatch(/block/i);
  });
});

describe('taking a comment away', () => {
  it.each([
    ['its author deletes it', { isAuthor: true, standing: nobody }, nobody, 'delete'],
    ['a moderator’s own is deleted too, not cleared', { isAuthor: true, standing: moderator }, moderator, 'delete'],
    ['a viewer may not', { isAuthor: false, standing: nobody }, nobody, 'refuse'],
    ['a VIP may not', { isAuthor: false, standing: vip }, nobody, 'refuse'],
    ['a moderator of the platform may not by this way', { isAuthor: false, standing: staff }, nobody, 'refuse'],
    ['a moderator clears a viewer’s', { isAuthor: false, standing: moderator }, vip, 'clear'],
    ['a moderator does not act on another', { isAuthor: false, standing: moderator }, moderator, 'refuse'],
    ['a moderator does not act on the owner', { isAuthor: false, standing: moderator }, owner, 'refuse'],
    ['the owner clears a moderator’s', { isAuthor: false, standing: owner }, moderator, 'clear'],
    ['an admin clears the owner’s', { isAuthor: false, standing: admin }, owner, 'clear'],
  ] as const)('%s', (_sentence, remover, author, act) => {
    expect(removalAct(remover, author)).toBe(act);
  });
});
