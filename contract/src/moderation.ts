/** What scores a text and what follows from the score: thresholds, the classifier, and a second opinion. */
import { z } from 'zod';
import { category } from './categories.ts';
import { operation } from './operations.ts';
import { channelId, instant } from './primitives.ts';

const score = z.number().min(0).max(1);

/** From `hold` on a text waits for a person, from `block` on it is not published at all; inclusive. `hold` ≤ `block`. */
export const thresholds = z
  .strictObject({ hold: score, block: score })
  .refine(({ block, hold }) => hold <= block, { path: ['block'], message: 'what is blocked must be held too' });
export type Thresholds = z.infer<typeof thresholds>;

export const channelThresholds = z.object({
  /** In force on the channel: its own where they are stricter, else the platform's. */
  hold: score,
  block: score,
  platform: z.object({ hold: score, block: score }),
});
export type ChannelThresholds = z.infer<typeof channelThresholds>;

const channelParams = z.strictObject({ id: channelId });

export const getChannelThresholds = operation({
  id: 'channels.getThresholds',
  method: 'GET',
  path: '/api/v1/channels/:id/moderation/thresholds',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'From which scores texts on a channel are held and blocked; for its owner, its moderators and admins.',
  params: channelParams,
  output: channelThresholds,
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

export const setChannelThresholds = operation({
  id: 'channels.setThresholds',
  method: 'PUT',
  path: '/api/v1/channels/:id/moderation/thresholds',
  who: 'signed-in',
  scope: 'moderate',
  summary: 'Make a channel stricter than the platform. What is milder than the platform is refused.',
  params: channelParams,
  body: thresholds,
  output: channelThresholds,
  audit: 'CHANNEL_THRESHOLDS_CHANGED',
  errors: ['sign_in_required', 'not_found', 'not_allowed'],
});

/** `closed`: it is asked. `open`: it failed too often and is left alone for a while. `half_open`: one text tries it. */
export const breakerState = z.enum(['closed', 'open', 'half_open']);
export type BreakerState = z.infer<typeof breakerState>;

/** `late`: no answer in time. `limited`: too many requests. `refused`: the key. `broken`: anything else. */
export const secondOpinionProblem = z.enum(['late', 'limited', 'refused', 'unreachable', 'broken']);
export type SecondOpinionProblem = z.infer<typeof secondOpinionProblem>;

export const classificationState = z.object({
  classifier: z.object({
    /** `rules`, `scripted`, … */
    name: z.string(),
    version: z.string(),
    /** It fails at the moment, and the rules stand in for it. */
    isFailing: z.boolean(),
  }),
  /** Nobody but the rules judges at the moment, by choice or by failure. */
  rulesOnly: z.boolean(),
  secondOpinion: z.object({
    /** The key is there. */
    isConfigured: z.boolean(),
    /** An admin turned it on. Off by default. */
    isOn: z.boolean(),
    model: z.string(),
    /** Where texts are sent, without a path. */
    host: z.string(),
    /** On the node that answers; null while it is off. */
    breaker: breakerState.nullable(),
    problem: secondOpinionProblem.nullable(),
    /** When it is tried again; real time. */
    triedAgainAt: instant.nullable(),
    /** Since this node started. */
    counts: z.object({ answered: z.int(), failed: z.int(), skipped: z.int() }),
  }),
  thresholds: z.object({ hold: score, block: score }),
  defaults: z.object({ hold: score, block: score }),
});
export type ClassificationState = z.infer<typeof classificationState>;

export const getClassification = operation({
  id: 'admin.classification.get',
  method: 'GET',
  path: '/api/admin/classification',
  who: 'admin',
  scope: 'admin',
  summary: 'Which classifier judges texts, in which state, from which scores texts are held and blocked.',
  output: classificationState,
  errors: ['sign_in_required', 'not_allowed'],
});

export const setThresholds = operation({
  id: 'admin.classification.setThresholds',
  method: 'PUT',
  path: '/api/admin/classification/thresholds',
  who: 'admin',
  scope: 'admin',
  summary:
    'From which scores texts are held and blocked, on every node from the next text on. Channels may be stricter.',
  body: thresholds,
  output: classificationState,
  audit: 'MODERATION_THRESHOLDS_CHANGED',
  errors: ['sign_in_required', 'not_allowed'],
});

export const setSecondOpinion = operation({
  id: 'admin.classification.setSecondOpinion',
  method: 'PUT',
  path: '/api/admin/classification/second-opinion',
  who: 'admin',
  scope: 'admin',
  summary: 'Ask OpenAI’s moderation for a second opinion on every text, or stop asking. Needs its key to be set.',
  body: z.strictObject({ isOn: z.boolean() }),
  output: classificationState,
  audit: 'SECOND_OPINION_SWITCHED',
  errors: ['sign_in_required', 'not_allowed'],
});

/** How many texts of the last seven days scored what: 100 buckets of 0.01 and one for 1. */
export const scoreDistribution = z.object({
  since: instant,
  /** All of them, also those that scored nothing. */
  texts: z.int().nonnegative(),
  /** Lowest first, empty ones left out. `score`: the lower end of the bucket. */
  buckets: z.array(
    z.object({
      score,
      texts: z.int().positive(),
      /** Of these, in categories that are never blocked automatically. */
      neverBlocked: z.int().nonnegative(),
    }),
  ),
  /** From 0.60 on, by category, most first. */
  categories: z.array(z.object({ category, texts: z.int().positive() })),
});
export type ScoreDistribution = z.infer<typeof scoreDistribution>;

export const getScoreDistribution = operation({
  id: 'admin.classification.scores',
  method: 'GET',
  path: '/api/admin/classification/scores',
  who: 'admin',
  scope: 'admin',
  summary: 'What the texts of the last seven days scored, to see what other thresholds would have done.',
  output: scoreDistribution,
  errors: ['sign_in_required', 'not_allowed'],
});
