/**
 * A foreign classifier that is asked besides the own one, while an admin wants it: within a deadline, by few at a time,
 * and not at all while it fails. Its silence is never an error: the own score then stands alone.
 */
import type { Logger } from 'pino';
import { Counter, Gauge, type Registry } from 'prom-client';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Assessment, Classifier } from './classifier.ts';
import { OpenAiFailure, type OpenAiProblem } from './openai-classifier.ts';

export interface SecondOpinionOptions {
  readonly classifier: Classifier;
  /** Whether an admin turned it on; asked for every text. */
  readonly isOn: () => boolean;
  readonly deadlineMs: number;
  readonly logger: Logger;
  readonly registry: Registry;
  /** Monotonic, in milliseconds. */
  readonly now?: () => number;
}

export interface SecondOpinionState {
  readonly isOn: boolean;
  readonly breaker: 'closed' | 'open' | 'half_open';
  readonly problem: OpenAiProblem | null;
  readonly remainingMs: number | null;
  readonly counts: { readonly answered: number; readonly failed: number; readonly skipped: number };
}

/** More at once than this and a raid would pile up behind a slow service; the rest goes without. */
const MOST_AT_ONCE = 32;

export class SecondOpinion {
  /** In records, beside the own classifier's. */
  readonly name: string;
  readonly #options: SecondOpinionOptions;
  readonly #breaker: CircuitBreaker;
  readonly #outcomes: Counter<'outcome'>;
  readonly #counts = { answered: 0, failed: 0, skipped: 0 };
  #underWay = 0;
  #problem: OpenAiProblem | null = null;

  constructor(options: SecondOpinionOptions) {
    this.#options = options;
    this.name = options.classifier.name;
    this.#breaker = new CircuitBreaker({
      failures: 5,
      firstPauseMs: 10_000,
      longestPauseMs: 300_000,
      now: options.now ?? (() => performance.now()),
    });
    const registers = [options.registry];
    this.#outcomes = new Counter({
      name: 'virgil_second_opinions_total',
      help: 'Second opinions on texts, by outcome',
      labelNames: ['outcome'],
      registers,
    });
    const gauge: Gauge = new Gauge({
      name: 'virgil_second_opinion_breaker_open',
      help: '1 while the second opinion is left alone because it fails',
      registers,
      collect: () => gauge.set(this.isAnswering() || !options.isOn() ? 0 : 1),
    });
  }

  isAnswering(): boolean {
    return this.#options.isOn() && this.#breaker.state() === 'closed';
  }

  state(): SecondOpinionState {
    return {
      isOn: this.#options.isOn(),
      breaker: this.#breaker.state(),
      problem: this.#breaker.state() === 'closed' ? null : this.#problem,
      remainingMs: this.#breaker.remainingMs,
      counts: { ...this.#counts },
    };
  }

  /** What failed before an admin turned it on again says nothing. */
  reset(): void {
    this.#breaker.reset();
    this.#problem = null;
  }

  /** Null: not asked, or no answer. Never rejects. */
  async ask(text: string): Promise<Assessment | null> {
    if (!this.#options.isOn()) return null;
    if (this.#underWay >= MOST_AT_ONCE || !this.#breaker.admit()) {
      this.#note('skipped');
      return null;
    }
    this.#underWay++;
    try {
      const assessment = await this.#inTime(text);
      this.#breaker.succeeded();
      this.#note('answered');
      return assessment;
    } catch (error) {
      this.#failed(error);
      return null;
    } finally {
      this.#underWay--;
    }
  }

  async #inTime(text: string): Promise<Assessment> {
    const aborter = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        aborter.abort();
        reject(new OpenAiFailure('late', `no answer within ${this.#options.deadlineMs} ms`));
      }, this.#options.deadlineMs);
    });
    try {
      return await Promise.race([this.#options.classifier.assess(text, aborter.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #failed(error: unknown): void {
    const before = this.#breaker.state();
    this.#problem = error instanceof OpenAiFailure ? error.problem : 'broken';
    this.#breaker.failed(error instanceof OpenAiFailure ? error.retryAfterMs : 0);
    this.#note('failed');
    if (before === 'closed' && this.#breaker.state() !== 'closed') {
      // The key is in no message, and the text in none either.
      this.#options.logger.warn({ problem: this.#problem }, 'the second opinion fails and is left alone for a while');
    }
  }

  #note(outcome: 'answered' | 'failed' | 'skipped'): void {
    this.#counts[outcome]++;
    this.#outcomes.inc({ outcome });
  }
}
