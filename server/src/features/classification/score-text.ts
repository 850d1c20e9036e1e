/** Asks the classifier within a time limit; when it fails or is late, the rules decide alone and everybody is told. */

import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Assessment, Classifier } from './classifier.ts';
import { assessByRules } from './rule-filter.ts';

export interface Score extends Assessment {
  /** Who judged: the classifier's name, or `rules` when it was away. */
  readonly by: string;
}

export interface TextScoring {
  scoreText(text: string): Promise<Score>;
  /** For the instance page and dashboards: whether the rules are alone, by choice or by failure. */
  state(): { readonly classifier: string; readonly version: string; readonly rulesOnly: boolean };
}

export interface TextScoringOptions {
  readonly classifier: Classifier;
  readonly timeLimitMs: number;
  readonly logger: Logger;
  readonly registry: Registry;
}

/** A failure is shown for this long, so that a dashboard does not flicker. */
const FAILURE_SHOWN_MS = 30_000;

export function createTextScoring(options: TextScoringOptions): TextScoring {
  const { classifier, timeLimitMs, logger } = options;
  const registers = [options.registry];
  const scored = new Counter({
    name: 'virgil_texts_scored_total',
    help: 'Texts scored, by who judged',
    labelNames: ['by'],
    registers,
  });
  const alone = new Gauge({
    name: 'virgil_classifier_rules_only',
    help: '1 while the rules judge alone',
    registers,
    collect() {
      this.set(state().rulesOnly ? 1 : 0);
    },
  });
  let failedAtMs = Number.NEGATIVE_INFINITY;

  function state() {
    const failing = performance.now() - failedAtMs < FAILURE_SHOWN_MS;
    return {
      classifier: classifier.name,
      version: classifier.version,
      rulesOnly: classifier.name === 'rules' || failing,
    };
  }
  alone.set(state().rulesOnly ? 1 : 0);

  async function assessInTime(text: string): Promise<Assessment> {
    const aborter = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        aborter.abort();
        reject(new Error(`the classifier took longer than ${timeLimitMs} ms`));
      }, timeLimitMs);
    });
    try {
      const assessment = await Promise.race([classifier.assess(text, aborter.signal), late]);
      if (!isScore(assessment.score) || !Object.values(assessment.breakdown).every(isScore)) {
        throw new Error('the classifier answered no score');
      }
      return assessment;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    state,
    scoreText: async (text) => {
      try {
        const assessment = await assessInTime(text);
        scored.inc({ by: classifier.name });
        return { ...assessment, by: classifier.name };
      } catch (error) {
        if (!state().rulesOnly) logger.error({ err: error, classifier: classifier.name }, 'rules judge alone');
        failedAtMs = performance.now();
        scored.inc({ by: 'rules' });
        return { ...assessByRules(text), by: 'rules' };
      }
    },
  };
}

const isScore = (value: number): boolean => value >= 0 && value <= 1;
