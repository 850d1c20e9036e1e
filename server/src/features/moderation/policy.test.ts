import { CATEGORIES, type Category } from '@virgil/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  countsAsBlocked,
  DEFAULT_THRESHOLDS,
  decideModeration,
  determineCategory,
  effectiveThresholds,
  isViolation,
  milderThan,
  mustEscalate,
  ownThresholds,
} from './policy.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const limits = fc.tuple(unit, unit).map(([a, b]) => ({ hold: Math.min(a, b), block: Math.max(a, b) }));
const severity = { publish: 0, hold: 1, block: 2 };
const anyCategory = fc.constantFrom(...CATEGORIES);
const breakdowns = fc.dictionary(anyCategory, unit) as fc.Arbitrary<Partial<Record<Category, number>>>;

describe('what follows from a score', () => {
  test.each([
    [0, null, 'publish'],
    [0.59, 'hate', 'publish'],
    [0.5999, 'hate', 'publish'],
    [0.6, 'hate', 'hold'],
    [0.84, 'hate', 'hold'],
    [0.8499, 'hate', 'hold'],
    [0.85, 'hate', 'block'],
    [1, 'fraud', 'block'],
    [0.5999, 'minors', 'publish'],
    [0.6, 'minors', 'hold'],
    [1, 'minors', 'hold'],
    [1, 'self_harm', 'hold'],
    [1, 'toxicity', 'hold'],
  ] as const)('%d of %s: %s', (score, category, expected) => {
    expect(decideModeration({ score, category }, DEFAULT_THRESHOLDS)).toBe(expected);
  });

  test('no score and no threshold blocks minors, self-harm or toxicity', () => {
    fc.assert(
      fc.property(unit, limits, fc.constantFrom('minors', 'self_harm', 'toxicity'), (score, thresholds, category) => {
        expect(decideModeration({ score, category }, thresholds)).not.toBe('block');
      }),
    );
  });

  test('a higher score never has a milder consequence', () => {
    fc.assert(
      fc.property(unit, unit, limits, anyCategory, (one, other, thresholds, category) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(severity[decideModeration({ score: high, category }, thresholds)]).toBeGreaterThanOrEqual(
          severity[decideModeration({ score: low, category }, thresholds)],
        );
      }),
    );
  });
});

describe('what the decision is about', () => {
  test.each<[Partial<Record<Category, number>>, Category, string]>([
    [{ hate: 0.95, toxicity: 0.9 }, 'hate', 'block'],
    [{ hate: 0.95, minors: 0.6 }, 'minors', 'hold'],
    [{ hate: 0.95, minors: 0.59 }, 'hate', 'block'],
    [{ sexual: 0.99, minors: 0.9, self_harm: 0.9 }, 'minors', 'hold'],
    [{ threat: 0.9, self_harm: 0.7 }, 'self_harm', 'hold'],
  ])('%j: %s, %s', (breakdown, category, decision) => {
    const [worst = 'hate', score = 0] = Object.entries(breakdown).sort(([, a], [, b]) => b - a)[0] ?? [];
    const judged = determineCategory({ score, category: worst as Category, breakdown }, DEFAULT_THRESHOLDS);
    expect(judged).toEqual({ category, score: breakdown[category] });
    expect(decideModeration(judged, DEFAULT_THRESHOLDS)).toBe(decision);
  });

  test('a text in which a child may be in danger is never blocked without a person', () => {
    fc.assert(
      fc.property(breakdowns, limits, limits, unit, (found, platform, channel, minors) => {
        const breakdown: Partial<Record<Category, number>> = { ...found, minors };
        const [worst, score] = Object.entries(breakdown).sort(([, a], [, b]) => b - a)[0] as [Category, number];
        const judged = determineCategory({ score, category: worst, breakdown }, platform);
        if (minors > 0 && minors >= platform.hold) {
          expect(decideModeration(judged, effectiveThresholds(platform, channel))).toBe('hold');
        }
      }),
    );
  });

  test('nobody is said to endanger a child because everything is held', () => {
    const everything = { hold: 0, block: 1 };
    const plain = { score: 0, category: null, breakdown: {} };
    expect(determineCategory(plain, everything)).toEqual({ score: 0, category: null });
    const spam = { score: 0.1, category: 'spam', breakdown: { spam: 0.1, minors: 0 } } as const;
    expect(determineCategory(spam, everything)).toEqual({ score: 0.1, category: 'spam' });
  });

  test.each([
    [{ spam: 0.2, minors: 0.02 }, { hold: 0.01, block: 0.9 }, 'spam', 'hold'],
    [{ hate: 0.5, self_harm: 0.3 }, { hold: 0.2, block: 0.4 }, 'hate', 'block'],
    [{ hate: 0.7, minors: 0.59 }, { hold: 0.2, block: 0.8 }, 'hate', 'hold'],
    [{ hate: 0.7, minors: 0.6 }, { hold: 0.2, block: 0.7 }, 'minors', 'hold'],
    [{ minors: 0.3, spam: 0.2 }, { hold: 0.2, block: 0.25 }, 'minors', 'hold'],
  ] as const)('a trace in what only a stricter channel holds is none: %j at %j is %s, %s', (...row) => {
    const [breakdown, channel, category, decision] = row;
    const [worst, score] = Object.entries(breakdown).sort(([, a], [, b]) => b - a)[0] as [Category, number];
    const judged = determineCategory({ score, category: worst, breakdown }, DEFAULT_THRESHOLDS);
    expect(judged.category).toBe(category);
    expect(decideModeration(judged, effectiveThresholds(DEFAULT_THRESHOLDS, channel))).toBe(decision);
  });

  test('self-harm alone is no violation', () => {
    expect(CATEGORIES.filter((category) => !isViolation(category))).toEqual(['self_harm']);
  });
});

describe('a channel’s thresholds', () => {
  test('that equal the platform’s follow it, and what was chosen stays when it becomes milder', () => {
    fc.assert(
      fc.property(limits, limits, limits, (platform, channel, later) => {
        const wished = effectiveThresholds(platform, channel);
        const own = ownThresholds(platform, wished);
        expect(own.hold).toBeLessThanOrEqual(own.block);
        expect(effectiveThresholds(platform, own)).toEqual(wished);
        expect(effectiveThresholds(later, ownThresholds(platform, platform))).toEqual(later);
        expect(effectiveThresholds(later, own).block).toBeLessThanOrEqual(
          wished.block < platform.block ? wished.block : later.block,
        );
        if (wished.hold < platform.hold) {
          expect(effectiveThresholds(later, own).hold).toBeLessThanOrEqual(wished.hold);
        }
      }),
    );
  });

  test('are never milder than the platform’s, also when those became stricter', () => {
    fc.assert(
      fc.property(limits, fc.option(limits), unit, anyCategory, (platform, channel, score, category) => {
        const effective = effectiveThresholds(platform, channel);
        expect(effective.hold).toBeLessThanOrEqual(effective.block);
        expect(milderThan(platform, effective)).toEqual([]);
        expect(severity[decideModeration({ score, category }, effective)]).toBeGreaterThanOrEqual(
          severity[decideModeration({ score, category }, platform)],
        );
      }),
    );
  });

  test.each([
    [{ hold: 0.6, block: 0.85 }, []],
    [{ hold: 0.3, block: 0.5 }, []],
    [{ hold: 0.61, block: 0.85 }, ['hold']],
    [{ hold: 0.7, block: 0.9 }, ['hold', 'block']],
  ] as const)('%j is milder in %j', (wished, expected) => {
    expect(milderThan(DEFAULT_THRESHOLDS, wished)).toEqual(expected);
  });
});

test.each([
  [1, false, false],
  [2, false, false],
  [3, false, true],
  [4, false, true],
  [3, true, false],
  [9, true, false],
])('%d blocked in a session, escalated before: %s → an admin is called: %s', (blocked, isEscalated, expected) => {
  expect(mustEscalate({ blocked, isEscalated })).toBe(expected);
});

test.each([
  [0.3, false],
  [0.8499, false],
  [0.85, true],
  [1, true],
])('what is blocked with %d counts towards an admin’s look: %s', (score, expected) => {
  expect(countsAsBlocked(score, DEFAULT_THRESHOLDS)).toBe(expected);
});
