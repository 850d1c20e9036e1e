/** Everything that judges texts: the classifier, a second opinion, the thresholds. */

import type { NodeSignal } from '../db/node-signals.ts';
import {
  type Classifier,
  createTextScoring,
  OPENAI_URL,
  openAiClassifier,
  ruleFilter,
  SecondOpinion,
  SecondOpinionSwitch,
  scriptedClassifier,
} from '../features/classification/index.ts';
import {
  createTextModeration,
  type ModerationDeps,
  moderationRoutes,
  ThresholdsInForce,
} from '../features/moderation/index.ts';
import type { Ground } from './ground.ts';

const CLASSIFIER_LIMIT_MS = 250;
/** What writing may take longer for a second opinion, at most. */
const SECOND_OPINION_LIMIT_MS = 800;

export interface ModerationOverrides {
  readonly classifier?: Classifier | undefined;
}

export function createModeration({ clock, config, database, logger, metrics }: Ground, overrides: ModerationOverrides) {
  const secondSwitch = new SecondOpinionSwitch(database, logger);
  const url = config.openAi?.url ?? OPENAI_URL;
  const second =
    config.openAi === null
      ? null
      : new SecondOpinion({
          classifier: openAiClassifier({ apiKey: config.openAi.apiKey, url }),
          isOn: () => secondSwitch.isOn(),
          deadlineMs: SECOND_OPINION_LIMIT_MS,
          logger,
          registry: metrics,
        });
  const scoring = createTextScoring({
    classifier: overrides.classifier ?? (config.classifier === 'scripted' ? scriptedClassifier : ruleFilter),
    timeLimitMs: CLASSIFIER_LIMIT_MS,
    ...(second === null ? {} : { second }),
    logger,
    registry: metrics,
  });
  const inForce = new ThresholdsInForce(database, logger);
  const deps: ModerationDeps = {
    database,
    clock,
    inForce,
    scoring,
    second,
    secondHost: new URL(url).host,
    renewSwitch: () => secondSwitch.renew(),
  };
  return {
    scoring,
    textModeration: createTextModeration(scoring, inForce),
    bindings: moderationRoutes(deps),
    async hear(word: NodeSignal) {
      inForce.hear(word);
      await secondSwitch.hear(word);
    },
    /** Words of other nodes may have been missed. */
    async missed() {
      inForce.forget();
      await secondSwitch.renew();
    },
  };
}
