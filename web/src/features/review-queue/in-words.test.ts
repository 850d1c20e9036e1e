import type { desk } from '@virgil/contract';
import { describe, expect, test } from 'vitest';
import { queue } from '../../i18n/en/queue.ts';
import { ruleKey } from '../../ui/rule-words.ts';
import { inWords } from './in-words.ts';

type Facts = Parameters<typeof inWords>[0];

const item = (fields: Partial<desk.ReviewItem>) =>
  ({
    category: 'hate',
    riskScore: 0.76,
    thresholds: { hold: 0.6, block: 0.85 },
    foundByClassifier: true,
    ...fields,
  }) as desk.ReviewItem;
const score = (breakdown: NonNullable<Facts['score']>['breakdown'], rule = 'slur') => ({
  breakdown,
  classifier: 'rules',
  version: '1',
  rule,
  normalised: '',
});
const NOBODY = { voices: 0, reasons: {} };

describe('why an item is here, in words', () => {
  test('names the rule that fired, the place between the thresholds of that moment, and what else was found', () => {
    const found = inWords({ item: item({}), reports: NOBODY, score: score({ hate: 0.76, threat: 0.31, spam: 0.1 }) });
    expect(found).toEqual([
      { key: 'rule', rule: 'slur', category: 'hate', score: 0.76 },
      { key: 'held', hold: 0.6, above: 0.16, block: 0.85, below: 0.09 },
      { key: 'also', found: [{ category: 'threat', score: 0.31 }] },
    ]);
  });

  test('measures by the channel’s own thresholds', () => {
    const strict = item({ riskScore: 0.55, thresholds: { hold: 0.5, block: 0.7 } });
    expect(inWords({ item: strict, reports: NOBODY, score: score({ hate: 0.55 }) })[1]).toEqual({
      key: 'held',
      hold: 0.5,
      above: 0.05,
      block: 0.7,
      below: 0.15,
    });
  });

  test.each([
    ['minors', 'leftToPeople'],
    ['toxicity', 'leftToPeople'],
    ['hate', 'blocked'],
  ] as const)('says of %s above the upper threshold: %s', (category, key) => {
    const facts = { item: item({ category, riskScore: 0.95 }), reports: NOBODY, score: score({ [category]: 0.95 }) };
    expect(inWords(facts)[1]?.key).toBe(key);
  });

  test('says what people reported, most named first, and that no program found anything', () => {
    const reports = { voices: 3, reasons: { spam: 1, hate: 2 } };
    expect(inWords({ item: item({ foundByClassifier: false }), reports, score: null })).toEqual([
      {
        key: 'reported',
        voices: 3,
        reasons: [
          ['hate', 2],
          ['spam', 1],
        ],
      },
      { key: 'notFound' },
    ]);
  });

  test('blames nobody who writes of harming themselves', () => {
    expect(inWords({ item: item({ category: 'self_harm' }), reports: NOBODY, score: null })).toEqual([
      { key: 'nobodyBlamed' },
    ]);
  });

  test('claims nothing of categories that nobody looked at', () => {
    const words = inWords({ item: item({}), reports: NOBODY, score: score({ hate: 0.76 }) });
    expect(words.map(({ key }) => key)).toEqual(['rule', 'held']);
  });
});

describe('the name of a rule', () => {
  test('leads to its words', () => {
    expect(ruleKey('slur aimed at someone')).toBe('slur_aimed_at_someone');
    for (const key of Object.keys(queue.rule)) expect(ruleKey(key.replaceAll('_', ' '))).toBe(key);
  });
});
