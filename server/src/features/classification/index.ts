/** The door of classification. */
export type { Assessment, Breakdown, Classifier } from './classifier.ts';
export { comparableText } from './normalise-text.ts';
export { ruleFilter } from './rule-filter.ts';
export { createTextScoring, type Score, type TextScoring } from './score-text.ts';
export { scriptedClassifier } from './scripted-classifier.ts';
