/** Everything that judges texts: the classifier, the thresholds, and what moderators decide on. */
import {
  type Classifier,
  createTextScoring,
  ruleFilter,
  scriptedClassifier,
} from '../features/classification/index.ts';
import { createTextModeration, ThresholdsInForce } from '../features/moderation/index.ts';
import type { Ground } from './ground.ts';

const CLASSIFIER_LIMIT_MS = 250;

export interface ModerationOverrides {
  readonly classifier?: Classifier | undefined;
}

export function createModeration({ config, database, logger, metrics }: Ground, overrides: ModerationOverrides) {
  const scoring = createTextScoring({
    classifier: overrides.classifier ?? (config.classifier === 'scripted' ? scriptedClassifier : ruleFilter),
    timeLimitMs: CLASSIFIER_LIMIT_MS,
    logger,
    registry: metrics,
  });
  const inForce = new ThresholdsInForce(database, logger);
  return {
    scoring,
    textModeration: createTextModeration(scoring, inForce),
    hear: (word: { readonly kind: string; readonly id: string }) => inForce.hear(word),
    missed: () => inForce.forget(),
  };
}
