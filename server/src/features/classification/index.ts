/** The door of classification. */
export type { Assessment, Breakdown, Classifier } from './classifier.ts';
export { createTextScoring, type Score, type TextScoring } from './classify-message.ts';
export { comparableText } from './normalise-text.ts';
export { OPENAI_MODEL, OPENAI_URL, openAiClassifier } from './openai-classifier.ts';
export { ruleFilter } from './rule-filter.ts';
export { scriptedClassifier } from './scripted-classifier.ts';
export { SecondOpinion, type SecondOpinionState } from './second-opinion.ts';
export { readSwitch, SecondOpinionSwitch, writeSwitch } from './second-opinion-switch.ts';
