/**
 * OpenAI's moderation endpoint (POST /v1/moderations, https://platform.openai.com/docs/api-reference/moderations):
 * thirteen categories with a score each. Only the text is sent, nothing about who wrote it or where.
 */
import type { Category } from '@virgil/contract';
import { z } from 'zod';
import type { Assessment, Breakdown, Classifier } from './classifier.ts';
import { comparableText } from './normalise-text.ts';

export const OPENAI_MODEL = 'omni-moderation-latest';
export const OPENAI_URL = 'https://api.openai.com';
/** An answer is about 2 KB. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Its categories in ours, the higher score where two are one. Not taken over: `violence` and `violence/graphic`, which
 * also mean the violence of a game that is being played (threats at people have a category of their own), and
 * `illicit`, which has no counterpart here.
 */
const CATEGORIES: Readonly<Record<string, Category>> = {
  hate: 'hate',
  'hate/threatening': 'hate',
  harassment: 'harassment',
  'harassment/threatening': 'threat',
  'self-harm': 'self_harm',
  'self-harm/intent': 'self_harm',
  'self-harm/instructions': 'self_harm',
  sexual: 'sexual',
  'sexual/minors': 'minors',
  'illicit/violent': 'terror',
};

const answer = z.object({
  model: z.string().max(100),
  results: z.tuple([z.object({ category_scores: z.record(z.string(), z.number().min(0).max(1)) })]),
});

export type OpenAiProblem = 'late' | 'limited' | 'refused' | 'unreachable' | 'broken';

export class OpenAiFailure extends Error {
  readonly problem: OpenAiProblem;
  /** It asked to be left alone for so long. */
  readonly retryAfterMs: number;
  constructor(problem: OpenAiProblem, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'OpenAiFailure';
    this.problem = problem;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

export interface OpenAiOptions {
  readonly apiKey: string;
  /** Without a trailing slash. */
  readonly url: string;
}

/** Fails with `OpenAiFailure`; stops reading when the signal says so. */
export function openAiClassifier({ apiKey, url }: OpenAiOptions): Classifier {
  return {
    name: 'openai',
    version: OPENAI_MODEL,
    async assess(text, signal) {
      const response = await ask(text, signal);
      const parsed = answer.safeParse(await jsonOf(response, signal));
      if (!parsed.success) throw new OpenAiFailure('broken', 'the answer is no moderation', { cause: parsed.error });
      const { model, results } = parsed.data;
      return assessmentOf(text, model, results[0].category_scores);
    },
  };

  async function ask(input: string, signal: AbortSignal): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${url}/v1/moderations`, {
        method: 'POST',
        redirect: 'error',
        signal,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ model: OPENAI_MODEL, input }),
      });
    } catch (cause) {
      throw failureOf(cause, signal);
    }
    if (response.ok) return response;
    await response.body?.cancel().catch(() => undefined);
    const problem = problemOf(response.status);
    const retryAfterMs = problem === 'limited' ? 1000 * Number(response.headers.get('retry-after') ?? 0) || 0 : 0;
    throw new OpenAiFailure(problem, `answered ${response.status}`, { retryAfterMs });
  }
}

function problemOf(status: number): OpenAiProblem {
  if (status === 429) return 'limited';
  return status === 401 || status === 403 ? 'refused' : 'broken';
}

const failureOf = (cause: unknown, signal: AbortSignal): OpenAiFailure =>
  signal.aborted
    ? new OpenAiFailure('late', 'no answer in time', { cause })
    : new OpenAiFailure('unreachable', 'there was no answer', { cause });

/** Never more than an answer can be, whatever the other side sends. */
async function jsonOf(response: Response, signal: AbortSignal): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw failureOf(cause, signal);
  }
  if (bytes > MAX_ANSWER_BYTES) throw new OpenAiFailure('broken', 'the answer is too long');
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new OpenAiFailure('broken', 'the answer is not JSON', { cause });
  }
}

function assessmentOf(text: string, model: string, scores: Readonly<Record<string, number>>): Assessment {
  const breakdown: { -readonly [Key in keyof Breakdown]: Breakdown[Key] } = {};
  let worst: { readonly label: string; readonly category: Category; readonly score: number } | null = null;
  for (const [label, score] of Object.entries(scores)) {
    const category = Object.hasOwn(CATEGORIES, label) ? CATEGORIES[label] : undefined;
    if (category === undefined) continue;
    breakdown[category] = Math.max(breakdown[category] ?? 0, score);
    if (worst === null || score > worst.score) worst = { label, category, score };
  }
  return {
    score: worst?.score ?? 0,
    category: worst?.category ?? null,
    reason: worst === null ? 'nothing found' : `OpenAI: ${worst.label}`,
    breakdown,
    version: model,
    normalised: comparableText(text),
  };
}
