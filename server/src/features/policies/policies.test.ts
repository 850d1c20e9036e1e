import { changesBetween, type PolicyContent, policies, statementCategory } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { categoriesWithoutRule, inForceOn, mayPublish, problemsOf } from './policy.ts';
import { SEEDS } from './seeds.ts';

const version = (number: number, effectiveFrom: string) => ({ version: number, effectiveFrom });
const community = SEEDS[0]?.content as PolicyContent;

describe('the version in force', () => {
  const versions = [version(1, '2026-01-01'), version(2, '2026-06-01'), version(3, '2027-01-01')];

  test.each([
    ['2026-05-31', 1],
    ['2026-06-01', 2],
    ['2026-12-31', 2],
    ['2027-01-01', 3],
    // A clock before the first version shows the first, rather than no rules at all.
    ['2025-01-01', 1],
  ])('on %s is %i', (today, expected) => {
    expect(inForceOn(versions, today)?.version).toBe(expected);
  });
});

describe('publishing', () => {
  test.each([
    ['what says nothing new', { changes: 0 }, 'nothing_changed'],
    ['from yesterday on', { effectiveFrom: '2026-11-19' }, 'in_the_past'],
    ['before a version that is announced', { newest: version(4, '2026-12-24') }, 'before_the_newest'],
    ['a ten-thousandth version', { newest: version(9999, '2026-01-01') }, 'full'],
  ])('is refused for %s', (_what, change, because) => {
    const facts = { today: '2026-11-20', effectiveFrom: '2026-11-20', newest: version(4, '2026-01-01'), changes: 1 };
    expect(mayPublish({ ...facts, ...change })).toEqual({ allowed: false, because });
  });

  test.each([
    ['today', '2026-11-20'],
    ['a later day', '2027-03-01'],
  ])('is possible for %s and counts on', (_what, effectiveFrom) => {
    const newest = version(4, '2026-11-20');
    const decision = mayPublish({ today: '2026-11-20', effectiveFrom, newest, changes: 1 });
    expect(decision).toEqual({ allowed: true, version: 5 });
  });

  test('of a rule that is there twice is refused, by id, by number and by category', () => {
    const [first] = community.categories;
    if (first === undefined) throw new Error('no rules');
    const twice = { ...community, categories: [first, { ...first, id: 'again' }] };
    const paths = problemsOf(twice).map(({ path }) => path.split('.').at(-1));
    expect(new Set(paths)).toEqual(new Set(['id', 'number', 'category']));
    expect(problemsOf(community)).toEqual([]);
    expect(problemsOf({ ...community, categories: [], sections: [] })).toHaveLength(1);
  });
});

describe('the difference between two versions', () => {
  test('of one and the same is nothing', () => {
    expect(changesBetween(community, structuredClone(community))).toEqual([]);
  });

  test('names what was added, changed and removed, and follows a rule by its id', () => {
    const next = structuredClone(community) as { -readonly [K in keyof PolicyContent]: PolicyContent[K] };
    const rules = next.categories[0]?.rules ?? [];
    const [hate, harassment] = rules;
    if (hate === undefined || harassment === undefined) throw new Error('no rules');
    harassment.text = { en: 'Leave people alone.', de: 'Lass andere in Ruhe.' };
    rules.splice(rules.indexOf(hate), 1);
    rules.push({ ...hate, id: 'doxxing', number: '1.9', category: null });
    const changes = changesBetween(community, next).map(({ how, id, part }) => `${how} ${part} ${id}`);
    expect(changes).toEqual(['changed rule harassment', 'added rule doxxing', 'removed rule hate-speech']);
  });

  test('is seen when only the German words change', () => {
    const next = structuredClone(community);
    next.summary = { ...next.summary, de: 'Kurz gesagt.' };
    expect(changesBetween(community, next)).toMatchObject([{ part: 'summary', how: 'changed' }]);
  });
});

describe('a reference', () => {
  test.each([
    ['community-rules/3#insults', { policy: 'community-rules', version: 3, rule: 'insults' }],
    ['community-rules/3', { policy: 'community-rules', version: 3, rule: null }],
    ['Rule 2', null],
    ['community-rules/0#insults', null],
    ['community-rules/3#', null],
    ['https://example.org/1', null],
  ])('%s is read', (reference, expected) => {
    expect(policies.partsOfReference(reference)).toEqual(expected);
    if (expected !== null) {
      const { policy, rule, version: number } = expected;
      expect(policies.referenceTo(policy, number, rule ?? undefined)).toBe(reference);
    }
  });
});

describe('what comes with the software', () => {
  test('has a rule for every category of breaches that a decision can name', () => {
    expect(categoriesWithoutRule(SEEDS.map(({ content }) => content))).toEqual([]);
    expect(categoriesWithoutRule([])).toEqual(statementCategory.options);
  });

  test.each(SEEDS.map((seed) => [seed.id, seed.content] as const))(
    '%s fits the shape and is said in both languages, in German with du',
    (_id, content) => {
      expect(policies.policyContent.parse(content)).toEqual(content);
      const { categories, ladder, sections, summary, title } = content;
      const texts = [
        title,
        summary,
        ...sections.flatMap((section) => [section.title, ...section.paragraphs]),
        ...categories.flatMap((category) => [
          category.title,
          ...category.rules.flatMap((rule) => [rule.title, rule.text]),
        ]),
        ...ladder.flatMap((step) => [step.title, step.text]),
      ];
      for (const { de, en } of texts) {
        expect([en, de].every((words) => words.trim() === words && words !== '')).toBe(true);
        expect(de).not.toMatch(/\b(Ihnen|Ihre[mnrs]?|Sie (?:können|müssen|haben|sind|dürfen))\b|["”]/);
      }
    },
  );
});
