/** The port to whatever judges text. Implementations: the rules alone, the script of tests and demos; a trained one follows. */
import type { Category } from '@virgil/contract';

export interface Assessment {
  /** 0 harmless – 1 certain breach. */
  readonly score: number;
  /** Of what; null when nothing was found. */
  readonly category: Category | null;
  /** Stable words for logs, dossiers and statements: which rule or label decided. Never holds the text itself. */
  readonly reason: string;
}

export interface Classifier {
  /** For dashboards and records: `rules`, `scripted`, … */
  readonly name: string;
  /** Judges one text of at most 2,000 characters. May fail or be slow: the caller sets a time limit and aborts. */
  assess(text: string, signal: AbortSignal): Promise<Assessment>;
}

export const HARMLESS: Assessment = { score: 0, category: null, reason: 'nothing found' };
