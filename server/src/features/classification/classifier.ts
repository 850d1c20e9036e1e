/** The port to whatever judges text. Implementations: the rules alone, the script of tests and demos, a foreign service. */
import type { Category } from '@virgil/contract';

/** 0 harmless – 1 certain breach, for each category that was found; a category that is not there was not found. */
export type Breakdown = Readonly<Partial<Record<Category, number>>>;

export interface Assessment {
  /** 0 harmless – 1 certain breach: the highest of the breakdown. */
  readonly score: number;
  /** Of what; null when nothing was found. */
  readonly category: Category | null;
  /** Stable words for logs, dossiers and statements: the rule or label that decided. Never holds the text itself. */
  readonly reason: string;
  readonly breakdown: Breakdown;
  /** Of the classifier with its rules or weights; changes whenever the same text could be judged differently. */
  readonly version: string;
  /** The text as the deciding rule read it, disguises undone. */
  readonly normalised: string;
}

export interface Classifier {
  /** For dashboards and records: `rules`, `scripted`, … */
  readonly name: string;
  readonly version: string;
  /** Judges one text of at most 2,000 characters. May fail or be slow: the caller sets a time limit and aborts. */
  assess(text: string, signal: AbortSignal): Promise<Assessment>;
}
