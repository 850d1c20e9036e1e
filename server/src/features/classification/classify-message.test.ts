import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { Assessment, Classifier } from './classifier.ts';
import { createTextScoring, ruleFilter, scriptedClassifier } from './index.ts';

function scoring(classifier: Classifier, timeLimitMs = 50) {
  const registry = new Registry();
  return { registry, ...createTextScoring({ classifier, timeLimitMs, logger: pino({ level: 'silent' }), registry }) };
}

const harmless: Assessment = { score: 0, category: null, reason: '', breakdown: {}, version: '7', normalised: '' };
const broken = { name: 'broken', version: '7' };

test('the script is obeyed, and a text without one is harmless', async () => {
  const { classifyMessage, state } = scoring(scriptedClassifier);
  expect(await classifyMessage('hi [[score=0.72 category=hate]]')).toMatchObject({
    score: 0.72,
    category: 'hate',
    by: 'scripted',
  });
  expect(await classifyMessage('[[score=0.9]]')).toMatchObject({ score: 0.9, category: 'toxicity' });
  expect(await classifyMessage('kill yourself')).toMatchObject({ score: 0, category: null });
  expect(await classifyMessage('[[score=7 category=hate]]')).toMatchObject({ score: 0 });
  expect(
    await classifyMessage('[[score=0.3 category=spam]] [[score=0.61 category=hate]] [[score=0.2 category=hate]]'),
  ).toEqual(expect.objectContaining({ score: 0.61, category: 'hate', breakdown: { spam: 0.3, hate: 0.61 } }));
  expect(state()).toMatchObject({ classifier: 'scripted', rulesOnly: false });
});

test.each<[string, Classifier]>([
  ['fails', { ...broken, assess: () => Promise.reject(new Error('no model')) }],
  [
    'throws',
    {
      ...broken,
      assess: () => {
        throw new Error('no model');
      },
    },
  ],
  ['never answers', { ...broken, assess: () => new Promise(() => undefined) }],
  ['answers a breakdown of nonsense', { ...broken, assess: async () => ({ ...harmless, breakdown: { hate: 7 } }) }],
  ['answers nonsense', { ...broken, assess: async () => ({ ...harmless, score: Number.NaN }) }],
])('when the classifier %s, the rules decide alone and say so', async (_, classifier) => {
  const { classifyMessage, state, registry } = scoring(classifier);
  expect(state().rulesOnly).toBe(false);
  expect(await classifyMessage('kill yourself')).toMatchObject({ category: 'harassment', by: 'rules' });
  expect(state()).toMatchObject({ classifier: 'broken', version: '7', rulesOnly: true });
  expect(await registry.metrics()).toContain('virgil_classifier_rules_only 1');
});

test('with the rules chosen, the instance says that rules judge alone', () => {
  expect(scoring(ruleFilter).state()).toMatchObject({ classifier: 'rules', rulesOnly: true });
});
