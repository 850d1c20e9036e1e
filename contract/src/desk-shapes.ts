/** What a moderator sees of a held or reported text. */
import { z } from 'zod';
import { category, veil } from './categories.ts';
import { channelId, instant, person, streamId, userId, videoId } from './primitives.ts';
import { reportReason } from './report-shapes.ts';

export const reviewItemId = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/)
  .brand<'ReviewItemId'>();
export type ReviewItemId = z.infer<typeof reviewItemId>;

export const reviewSource = z.enum(['live', 'comment', 'inboxMessage']);
export type ReviewSource = z.infer<typeof reviewSource>;
export const reviewStatus = z.enum(['pending', 'approved', 'rejected', 'escalated']);
export type ReviewStatus = z.infer<typeof reviewStatus>;
export const escalationTrigger = z.enum([
  'hate_speech',
  'threats',
  'minors',
  'staff_impersonation',
  'racism',
  'multi_violation',
]);
export type EscalationTrigger = z.infer<typeof escalationTrigger>;

/** Someone works on it. It holds until `expiresAt`, by the product clock, unless it is released or renewed. */
export const reviewClaim = z.object({ by: person, at: instant, expiresAt: instant });
export type ReviewClaim = z.infer<typeof reviewClaim>;

/** 0–1; what was applied to this text at that moment. */
const thresholds = z.object({ hold: z.number(), block: z.number() });

/** One line of the queue. */
export const reviewItem = z.object({
  id: reviewItemId,
  source: reviewSource,
  category,
  /** 0–1; for what people reported, what the classifier had said of it. */
  riskScore: z.number(),
  /** Null where no classifier judged it. */
  thresholds: thresholds.nullable(),
  /** Found by the classifier; false: reported by people. */
  foundByClassifier: z.boolean(),
  /** How many reported it. */
  voices: z.int(),
  /** The beginning of the text. */
  preview: z.string(),
  /** It concerns minors: shown only when asked for, and before everything else that waits. */
  headsQueue: z.boolean(),
  /** Veiled until asked for, where the reader's settings say so. */
  isHarsh: z.boolean(),
  author: person,
  channel: z.object({ id: channelId, name: z.string() }).nullable(),
  stream: z
    .object({ id: streamId, title: z.string(), realm: z.enum(['inferno', 'purgatorio', 'paradiso']) })
    .nullable(),
  video: z.object({ id: videoId, title: z.string() }).nullable(),
  status: reviewStatus,
  /** When the text was written. */
  writtenAt: instant,
  /** When it came into the queue. */
  createdAt: instant,
  claim: reviewClaim.nullable(),
  assignedTo: person.nullable(),
  /** Who ended its waiting, when; null while it waits or is escalated, or when the system did. */
  decided: z.object({ by: person.nullable(), at: instant }).nullable(),
  escalated: z
    .object({ by: person.nullable(), at: instant, trigger: escalationTrigger, note: z.string().nullable() })
    .nullable(),
});
export type ReviewItem = z.infer<typeof reviewItem>;

/** A line before or after, as it stands now. */
export const reviewNeighbour = z.object({
  id: z.string(),
  at: instant,
  author: z.object({ id: userId, displayName: z.string() }),
  text: z.string(),
  riskScore: z.number().nullable(),
  status: z.enum(['published', 'held', 'blocked', 'removed', 'rejected']),
  /** Veiled like the items of the queue; `minors` always. */
  veil,
  /** The one that is judged. */
  isSubject: z.boolean(),
});
export type ReviewNeighbour = z.infer<typeof reviewNeighbour>;

/**
 * What was on screen. `ring`: a running stream still remembers it; `url` answers what it holds at the moment of asking,
 * and the text came `secondsAgo` before this answer, counted from the end. `recording`: the recording, finished or an excerpt of
 * it while it is written, to be played from `fromSeconds`. `none` says why there is nothing to see.
 */
export const reviewMoment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ring'), url: z.string(), secondsAgo: z.number().nonnegative() }),
  z.object({
    kind: z.literal('recording'),
    url: z.string(),
    /** 30 s before, or the beginning. */
    fromSeconds: z.number().nonnegative(),
    momentSeconds: z.number().nonnegative(),
    /** The broadcast paused, which recordings leave out, or goes on: the place may be off by as much. */
    isApproximate: z.boolean(),
  }),
  z.object({
    kind: z.literal('none'),
    because: z.enum(['not_live', 'not_recorded', 'before_video', 'not_allowed', 'no_media']),
  }),
]);
export type ReviewMoment = z.infer<typeof reviewMoment>;

/** What stood around the moment, as far as it is known. */
export const reviewSurroundings = z.object({
  /** Seconds since the stream began. */
  secondsIn: z.number().nullable(),
  /** Lines of chat by age relative to the text, each two seconds from 30 s before to 10 s after. */
  linesEach2s: z.array(z.int()),
});

/** An earlier decision about the same person. */
export const earlierDecision = z.object({
  at: instant,
  kind: z.enum(['approved', 'rejected', 'timeout', 'warning', 'strike', 'ban', 'escalated', 'penalty', 'appeal']),
  by: person.nullable(),
  reason: z.string().nullable(),
  /** Of a timeout. */
  minutes: z.int().nullable(),
  /** Of the text it was about. */
  riskScore: z.number().nullable(),
  /** It was taken back since. */
  undone: z.boolean(),
});
export type EarlierDecision = z.infer<typeof earlierDecision>;

export const authorStanding = z.object({
  memberSince: instant,
  /** On this channel; empty where there is none. */
  roles: z.array(z.enum(['owner', 'moderator', 'vip', 'patron', 'follower'])),
  platformRole: z.enum(['user', 'moderator', 'admin']),
  /** Lines of chat on this channel, up to 10,000, and how many of them were removed or rejected. */
  lines: z.int(),
  linesTakenAway: z.int(),
  activeStrikes: z.int(),
  timedOutUntil: instant.nullable(),
  isBannedFromChannel: z.boolean(),
  isBannedFromPlatform: z.boolean(),
  /** Newest first, twenty at most. */
  earlier: z.array(earlierDecision),
});
export type AuthorStanding = z.infer<typeof authorStanding>;

/** Whether the reader may decide, and if not why. Somebody else's claim is no refusal. */
export const mayDecide = z.discriminatedUnion('allowed', [
  z.object({
    allowed: z.literal(true),
    /** False: publishing it and passing it on are allowed, acting against its author is not (moderators, owners). */
    againstAuthor: z.boolean(),
    /** There is a channel to ban from; otherwise a ban passes the item to the admins. */
    bansFromChannel: z.boolean(),
  }),
  z.object({ allowed: z.literal(false), because: z.enum(['own_content', 'decided', 'escalated']) }),
]);

export const reviewDetails = z.object({
  item: reviewItem,
  /** The whole text as it was written. */
  text: z.string(),
  /** Who scored it and how; null for what only people reported. */
  score: z
    .object({
      breakdown: z.partialRecord(category, z.number()),
      classifier: z.string(),
      version: z.string(),
      /** The rule or label that decided, as the classifier calls it. */
      rule: z.string(),
      /** The text as the classifier read it. */
      normalised: z.string(),
    })
    .nullable(),
  neighbours: z.array(reviewNeighbour),
  surroundings: reviewSurroundings,
  moment: reviewMoment,
  author: authorStanding,
  /** How many reported it and why, never who. */
  reports: z.object({ voices: z.int(), reasons: z.partialRecord(reportReason, z.int()) }),
  /** On this item, oldest first. */
  decisions: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      by: person.nullable(),
      at: instant,
      reason: z.string().nullable(),
      minutes: z.int().nullable(),
      /** Null when it can no longer be taken back. */
      undoableUntil: instant.nullable(),
      undoneAt: instant.nullable(),
    }),
  ),
  mayDecide,
  /** Rules alone judge texts now: the classifier is out of order. */
  rulesOnly: z.boolean(),
});
export type ReviewDetails = z.infer<typeof reviewDetails>;
