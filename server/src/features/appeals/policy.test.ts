import { describe, expect, test } from 'vitest';
import { mayAppeal, mayReview, mayWrite } from './policy.ts';

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
  const facts = { reviewerId: 'ed', appellantId: 'vic', deciders: ['stan'], admins: ['ed', 'ada', 'vic'] };
  test.each([
    ['by an admin who did not decide before', facts, 'allowed'],
    ['by any admin when the system decided', { ...facts, deciders: [] }, 'allowed'],
    ['not by who decided, while another admin could', { ...facts, deciders: ['ed'] }, 'own_decision'],
    ['not by who decided a part of it', { ...facts, deciders: ['stan', 'ed'] }, 'own_decision'],
    ['by who decided when there is nobody else', { ...facts, deciders: ['ed'], admins: ['ed'] }, 'allowed'],
    [
      'by who decided when the only other admin appeals',
      { ...facts, deciders: ['ed'], admins: ['ed', 'vic'] },
      'allowed',
    ],
    ['by who decided when every admin decided a part of it', { ...facts, deciders: ['ed', 'ada'] }, 'allowed'],
    ['never by whom it concerns', { ...facts, appellantId: 'ed', admins: ['ed'] }, 'own_account'],
  ] as const)('%s', (_, given, decision) => {
    expect(mayReview(given)).toBe(decision);
  });
});

describe('in an appeal one writes', () => {
  test.each([
    ['while it is open', { status: 'pending', messages: 99, most: 100 }, 'allowed'],
    ['not without end', { status: 'pending', messages: 100, most: 100 }, 'full'],
    ['not after it was accepted', { status: 'approved', messages: 0, most: 100 }, 'decided'],
    ['not after it was denied', { status: 'denied', messages: 0, most: 100 }, 'decided'],
  ] as const)('%s', (_, given, decision) => {
    expect(mayWrite(given)).toBe(decision);
  });
});
