import type { UserId } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryForReview, mayReport, mayResolve, restrictionOf, stepAfterAbuse } from './policy.ts';

const ana = 'ana' as UserId;
const outcome = (decision: { allowed: true } | { allowed: false; code: string }) =>
  decision.allowed ? 'yes' : decision.code;

test.each([
  ['somebody else’s', 'ben', 'yes'],
  ['one’s own', 'ana', 'own_content'],
  ['nothing, or nothing one may know of', null, 'not_found'],
])('reporting %s', (_what, ownerId, expected) => {
  expect(outcome(mayReport(ana, ownerId))).toBe(expected);
});

test.each([
  ['pending', 'ben', 'yes'],
  ['pending', null, 'yes'],
  ['pending', 'ana', 'own_content'],
  ['approved', 'ben', 'already_decided'],
  ['rejected', 'ben', 'already_decided'],
  // Who may not decide learns nothing of what was decided.
  ['approved', 'ana', 'own_content'],
] as const)('deciding on a %s report about %s', (status, ownerId, expected) => {
  expect(outcome(mayResolve({ status, ownerId }, ana))).toBe(expected);
});

test.each([
  ['livestream', { isActive: true, isRecorded: true }, 'livestream_ended'],
  ['livestream', { isActive: true, isRecorded: false }, 'livestream_ended'],
  ['livestream', { isActive: false, isRecorded: true }, 'video_removed'],
  ['livestream', { isActive: false, isRecorded: false }, 'strike'],
  ['video', { isActive: false, isRecorded: true }, 'video_removed'],
  ['message', { isActive: false, isRecorded: false }, 'message_removed'],
  ['user', { isActive: false, isRecorded: false }, 'strike'],
  ['video', null, 'strike'],
] as const)('approving a report of a %s (%j) means %s', (type, subject, expected) => {
  expect(restrictionOf(type, subject)).toBe(expected);
});

describe('abusive reports', () => {
  test.each([
    [1, 'none'],
    [2, 'warn'],
    [3, 'mute'],
    [4, 'mute'],
  ])('%i within a month: %s', (reports, step) => {
    expect(stepAfterAbuse(reports)).toBe(step);
  });

  test('more of them never mean less, and nobody is muted without a warning before', () => {
    const rank = { none: 0, warn: 1, mute: 2 };
    fc.assert(
      fc.property(fc.nat(20), (reports) => {
        expect(rank[stepAfterAbuse(reports + 1)]).toBeGreaterThanOrEqual(rank[stepAfterAbuse(reports)]);
        expect(rank[stepAfterAbuse(reports + 1)] - rank[stepAfterAbuse(reports)]).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test.each([
  ['hate', 'spam', 'hate'],
  ['minors', null, 'minors'],
  ['violence', 'hate', 'threat'],
  ['other', 'hate', 'hate'],
  ['rights', null, 'toxicity'],
] as const)('a text reported for %s that a classifier called %s waits as %s', (reason, scored, expected) => {
  expect(categoryForReview(reason, scored)).toBe(expected);
});
