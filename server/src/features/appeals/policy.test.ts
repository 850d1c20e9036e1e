import { describe, expect, test } from 'vitest';
import { mayAppeal, mayReview } from './policy.ts';

describe('an appeal is taken', () => {
  const facts = { isInForce: true, canBeAppealed: true, before: [] };
  test.each([
    ['against a decision in force', facts, null],
    ['after one that was accepted, when the decision came again', { ...facts, before: ['approved'] }, null],
    ['not while one is open', { ...facts, before: ['pending'] }, 'appeal_exists'],
    ['not after a denial', { ...facts, before: ['denied'] }, 'appeal_exists'],
    ['not against what is over', { ...facts, isInForce: false }, 'appeal_not_possible'],
    ['not against what no appeal undoes', { ...facts, canBeAppealed: false }, 'appeal_not_possible'],
    [
      'and what no appeal undoes is said first',
      { ...facts, canBeAppealed: false, before: ['denied'] },
      'appeal_not_possible',
    ],
  ] as const)('%s', (_, given, code) => {
    expect(mayAppeal(given)).toEqual(code === null ? { allowed: true } : { allowed: false, code });
  });
});

describe('an appeal is decided', () => {
  const facts = { reviewerId: 'ed', appellantId: 'vic', decidedBy: 'stan', anotherAdminExists: true };
  test.each([
    ['by an admin who did not decide before', facts, 'allowed'],
    ['by any admin when the system decided', { ...facts, decidedBy: null }, 'allowed'],
    ['not by who decided, while another admin could', { ...facts, decidedBy: 'ed' }, 'own_decision'],
    ['by who decided when there is nobody else', { ...facts, decidedBy: 'ed', anotherAdminExists: false }, 'allowed'],
    ['never by whom it concerns', { ...facts, appellantId: 'ed', anotherAdminExists: false }, 'own_account'],
  ] as const)('%s', (_, given, decision) => {
    expect(mayReview(given)).toBe(decision);
  });
});
