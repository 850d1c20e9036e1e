/** Asks the classifier within a time limit; when it fails or is late, the rules decide alone and everybody is told. */

import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Assessment, Classifier } from './classifier.ts';
import { combine } from './combine.ts';
import { assessByRules } from './rule-filter.ts';
import type { SecondOpinion } from './second-opinion.ts';

export interface Score extends Assessment {
  /** Who judged: the classifier's name, `rules` when it was away; with `+` and the name of whoever was asked besides. */
  readonly by: string;
}

export interface TextScoring {
  classifyMessage(text: string): Promise<Score>;
  /** Whether texts can be scored; sends nothing anywhere. */
  check(): Promise<unknown>;
  /** For the instance page and dashboards: whether the rules are alone, by choice or by failure. */
  state(): {
    readonly classifier: string;
    readonly version: string;
    readonly isFailing: boolean;
    readonly rulesOnly: boolean;
  };
}

export interface TextScoringOptions {
  readonly classifier: Classifier;
  readonly timeLimitMs: number;
  readonly second?: Pick<SecondOpinion, 'ask' | 'isAnswering'> & { readonly name: string };
  readonly logger: Logger;
  readonly registry: Registry;
}

/** A failure is shown for this long, so that a dashboard does not flicker. */
const FAILURE_SHOWN_MS = 30_000;

export function createTextScoring(options: TextScoringOptions): TextScoring {
  const { classifier, timeLimitMs, logger, second } = options;
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
    const isFailing = performance.now() - failedAtMs < FAILURE_SHOWN_MS;
    const isAlone = classifier.name === 'rules' || isFailing;
    const { name, version } = classifier;
    return { classifier: name, version, isFailing, rulesOnly: isAlone && !second?.isAnswering() };
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

  async function scoreAlone(text: string): Promise<Score> {
    try {
      const assessment = await assessInTime(text);
      scored.inc({ by: classifier.name });
      return { ...assessment, by: classifier.name };
    } catch (error) {
      if (!state().isFailing) logger.error({ err: error, classifier: classifier.name }, 'rules stand in for it');
      failedAtMs = performance.now();
      scored.inc({ by: 'rules' });
      return { ...assessByRules(text), by: 'rules' };
    }
  }

  return {
    state,
    check: () => scoreAlone('hello'),
    classifyMessage: async (text) => {
      if (second === undefined) return scoreAlone(text);
      const [own, other] = await Promise.all([scoreAlone(text), second.ask(text)]);
      return other === null ? own : { ...combine(own, other), by: `${own.by}+${second.name}` };
    },
  };
}

const isScore = (value: number): boolean => value >= 0 && value <= 1;
