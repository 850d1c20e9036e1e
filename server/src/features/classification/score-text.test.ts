import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { Classifier } from './classifier.ts';
import { createTextScoring, ruleFilter, scriptedClassifier } from './index.ts';

function scoring(classifier: Classifier, timeLimitMs = 50) {
  const registry = new Registry();
  return { registry, ...createTextScoring({ classifier, timeLimitMs, logger: pino({ level: 'silent' }), registry }) };
}

test('the script is obeyed, and a text without one is harmless', async () => {
  const { scoreText, state } = scoring(scriptedClassifier);
  expect(await scoreText('hi [[score=0.72 category=hate]]')).toMatchObject({
    score: 0.72,
    category: 'hate',
    by: 'scripted',
  });
  expect(await scoreText('[[score=0.9]]')).toMatchObject({ score: 0.9, category: 'toxicity' });
  expect(await scoreText('kill yourself')).toMatchObject({ score: 0, category: null });
  expect(await scoreText('[[score=7 category=hate]]')).toMatchObject({ score: 0 });
  expect(state()).toEqual({ classifier: 'scripted', rulesOnly: false });
});

test.each<[string, Classifier]>([
  ['fails', { name: 'broken', assess: () => Promise.reject(new Error('no model')) }],
  [
    'throws',
    {
      name: 'broken',
      assess: () => {
        throw new Error('no model');
      },
    },
  ],
  ['never answers', { name: 'broken', assess: () => new Promise(() => undefined) }],
  ['answers nonsense', { name: 'broken', assess: async () => ({ score: Number.NaN, category: null, reason: '' }) }],
])('when the classifier %s, the rules decide alone and say so', async (_, classifier) => {
  const { scoreText, state, registry } = scoring(classifier);
  expect(state().rulesOnly).toBe(false);
  expect(await scoreText('kill yourself')).toMatchObject({ category: 'harassment', by: 'rules' });
  expect(state()).toEqual({ classifier: 'broken', rulesOnly: true });
  expect(await registry.metrics()).toContain('virgil_classifier_rules_only 1');
});

test('with the rules chosen, the instance says that rules judge alone', () => {
  expect(scoring(ruleFilter).state()).toEqual({ classifier: 'rules', rulesOnly: true });
});
