import { desk } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { dueAt, isOverdue, mayResolve, TIMES_AT_FIRST, timeOf, urgencyOf } from './policy.ts';

describe('what comes first', () => {
  test.each([
    ['a moderator named minors', { trigger: 'minors', category: 'toxicity' }, 'minors'],
    ['the classifier found minors, whatever was named', { trigger: 'racism', category: 'minors' }, 'minors'],
    ['nobody named anything, and it is about minors', { trigger: null, category: 'minors' }, 'minors'],
    ['a moderator named threats', { trigger: 'threats', category: 'spam' }, 'threats'],
    ['the classifier found a threat', { trigger: 'multi_violation', category: 'threat' }, 'threats'],
    ['the classifier found terror', { trigger: null, category: 'terror' }, 'threats'],
    ['hate speech', { trigger: 'hate_speech', category: 'hate' }, 'normal'],
    ['three strikes of one channel', { trigger: null, category: null }, 'normal'],
  ] as const)('%s', (_what, matter, expected) => {
    expect(urgencyOf(matter)).toBe(expected);
  });
});

describe('by when it is due', () => {
  test.each([
    ['escalated', 'racism', 'hate', 'racism', 1440],
    ['escalated', 'multi_violation', 'spam', 'multi_violation', 1440],
    ['escalated', 'multi_violation', 'threat', 'threats', 60],
    ['unassigned', null, 'spam', 'unassigned', 1440],
    ['unassigned', null, 'minors', 'minors', 60],
    ['strikes', null, null, 'strikes', 1440],
  ] as const)('%s, %s, about %s: as %s, %i minutes', (kind, trigger, category, name, minutes) => {
    const time = timeOf({ kind, trigger, category });
    expect([time, TIMES_AT_FIRST[time]]).toEqual([name, minutes]);
  });

  test('every trigger has a time of its own', () => {
    for (const trigger of desk.escalationTrigger.options) {
      expect(timeOf({ kind: 'escalated', trigger, category: null })).toBe(trigger);
    }
  });

  test('it is overdue from that moment on, and not a millisecond before', () => {
    const due = dueAt(new Date('2027-03-01T12:00:00.000Z'), 60);
    expect(due.toISOString()).toBe('2027-03-01T13:00:00.000Z');
    expect(isOverdue(due, new Date('2027-03-01T12:59:59.999Z'))).toBe(false);
    expect(isOverdue(due, due)).toBe(true);
  });
});

describe('who may decide', () => {
  test.each([
    ['another admin, while it waits', { authorId: 'vic', isOpen: true }, { allowed: true }],
    ['nobody about their own', { authorId: 'ed', isOpen: true }, { allowed: false, code: 'own_content' }],
    ['nobody twice', { authorId: 'vic', isOpen: false }, { allowed: false, code: 'already_decided' }],
    ['one’s own, decided: still one’s own', { authorId: 'ed', isOpen: false }, { allowed: false, code: 'own_content' }],
  ] as const)('%s', (_who, facts, expected) => {
    expect(mayResolve({ adminId: 'ed', ...facts })).toMatchObject(expected);
  });
});
