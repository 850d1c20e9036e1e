/**
 * Says what the text tells it to: `[[score=0.72 category=hate]]`. For tests and demos, where a verdict must be known
 * beforehand; configuration refuses it in production. A text without the mark is harmless.
 */
import { category } from '@virgil/contract';
import { type Classifier, HARMLESS } from './classifier.ts';

const MARK = /\[\[score=(?<score>0(?:\.\d{1,6})?|1(?:\.0{1,6})?)(?: category=(?<category>[a-z_]{1,20}))?\]\]/;

export const scriptedClassifier: Classifier = {
  name: 'scripted',
  assess: async (text) => {
    const mark = MARK.exec(text)?.groups;
    if (!mark) return HARMLESS;
    const named = category.safeParse(mark.category ?? 'toxicity');
    return { score: Number(mark.score), category: named.success ? named.data : 'toxicity', reason: 'scripted' };
  },
};
