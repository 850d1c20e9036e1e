import { describe, expect, test } from 'vitest';
import { GUEST_STANDING, type Standing } from '../channels/index.ts';
import { mayChange, maySee, mayWatch, visibilityOf } from './policy.ts';

const viewer: Standing = { ...GUEST_STANDING, signedIn: true };
const people: Record<string, Standing> = {
  guest: GUEST_STANDING,
  viewer,
  patron: { ...viewer, granted: new Set(['patron']) },
  moderator: { ...viewer, granted: new Set(['moderator']) },
  owner: { ...viewer, isOwner: true },
  staff: { ...viewer, platformRole: 'moderator' },
  admin: { ...viewer, platformRole: 'admin' },
};
const outcome = (who: string, video: Parameters<typeof maySee>[0]) => {
  const decision = maySee(video, people[who] ?? GUEST_STANDING);
  return decision.allowed ? 'yes' : decision.code;
};

describe('seeing a recording', () => {
  const open = visibilityOf({ patronOnly: false });
  const patrons = visibilityOf({ patronOnly: true });
  const hidden = { isPublic: false, patronOnly: false, removal: null };
  const removed = visibilityOf({ patronOnly: true }, 'removed');
  const withheld = visibilityOf({ patronOnly: false }, 'withheld');
  test.each([
    ['guest', 'yes', 'patron_required', 'not_found'],
    ['viewer', 'yes', 'patron_required', 'not_found'],
    ['patron', 'yes', 'yes', 'not_found'],
    ['moderator', 'yes', 'yes', 'yes'],
    ['owner', 'yes', 'yes', 'yes'],
    ['staff', 'yes', 'yes', 'not_found'],
    ['admin', 'yes', 'yes', 'yes'],
  ])('%s: a public one %s, a patron-only one %s, a hidden one %s', (who, ...expected) => {
    expect([open, patrons, hidden].map((video) => outcome(who, video))).toEqual(expected);
  });

  test.each([
    ['guest', 'not_found', 'not_found'],
    ['patron', 'not_found', 'not_found'],
    ['moderator', 'not_found', 'not_found'],
    ['staff', 'not_found', 'not_found'],
    ['owner', 'yes', 'yes, without the file'],
    ['admin', 'yes', 'yes'],
  ])('%s: one removed by a decision %s, one withheld %s', (who, ...expected) => {
    const outcomes = [removed, withheld].map((video) => {
      const file = mayWatch(video, people[who] ?? GUEST_STANDING).allowed;
      return outcome(who, video) === 'yes' && !file ? 'yes, without the file' : outcome(who, video);
    });
    expect(outcomes).toEqual(expected);
  });

  test('while a decision holds a recording, its owner renames it and no more', () => {
    const owner = people.owner ?? viewer;
    for (const isPublic of [true, false]) {
      expect(mayChange(removed, { isPublic }, owner)).toEqual({ allowed: false, code: 'not_allowed' });
    }
    expect(mayChange(removed, {}, owner)).toEqual({ allowed: true });
  });

  test('a patron-only recording never becomes public, and only the owner changes one', () => {
    const owner = people.owner ?? viewer;
    expect(mayChange(patrons, { isPublic: true }, owner)).toEqual({ allowed: false, code: 'not_allowed' });
    expect(mayChange(open, { isPublic: false }, owner)).toEqual({ allowed: true });
    expect(mayChange(open, {}, viewer)).toEqual({ allowed: false, code: 'not_allowed' });
    expect(mayChange(hidden, {}, viewer)).toEqual({ allowed: false, code: 'not_found' });
  });
});
