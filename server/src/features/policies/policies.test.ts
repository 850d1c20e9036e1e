import { describe, expect, test } from 'vitest';
import { COMMUNITY_RULES } from './community-rules.ts';
import { COPYRIGHT } from './copyright.ts';
import { type PolicyText, policyOn } from './policy-text.ts';
import { REPEAT_INFRINGERS } from './repeat-infringers.ts';
import { REPORTING } from './reporting.ts';

const version = (number: number, effectiveFrom: string) => ({
  ...COPYRIGHT.versions[0],
  version: number,
  effectiveFrom,
});

describe('the version in force', () => {
  const text: PolicyText = {
    id: 'p',
    versions: [version(1, '2026-01-01'), version(2, '2026-06-01'), version(3, '2027-01-01')],
  };

  test.each([
    ['2026-05-31', 1, []],
    ['2026-06-01', 2, [1]],
    ['2026-12-31', 2, [1]],
    ['2027-01-01', 3, [1, 2]],
    // A clock before the first version shows the first, rather than no rules at all.
    ['2025-01-01', 1, []],
  ])('on %s is %i', (today, expected, earlier) => {
    const policy = policyOn(text, today);
    expect([policy.version, policy.earlier.map((each) => each.version)]).toEqual([expected, earlier]);
  });
});

test.each([COMMUNITY_RULES, REPORTING, COPYRIGHT, REPEAT_INFRINGERS].map((text) => [text.id, text] as const))(
  '%s is said in both languages, in German with du, and its versions go up',
  (_id, { versions }) => {
    for (const { sections, summary, title } of versions) {
      const texts = [title, summary, ...sections.flatMap((section) => [section.title, ...section.paragraphs])];
      for (const { de, en } of texts) {
        expect([en, de].every((text) => text.trim() === text && text !== '')).toBe(true);
        expect(de).not.toBe(en);
        expect(de).not.toMatch(/\b(Ihnen|Ihre[mnrs]?|Sie (?:können|müssen|haben|sind|dürfen))\b|["”]/);
      }
    }
    const numbers = versions.map((each) => each.version);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    const days = versions.map((each) => each.effectiveFrom);
    expect(days).toEqual(days.toSorted());
  },
);
