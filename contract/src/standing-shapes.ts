/** What decisions about people share: how someone stands, penalties and strikes as they and admins read them. */
import { z } from 'zod';
import { category } from './categories.ts';
import { instant, person, statementId } from './primitives.ts';

/** Which kind of decision gave a strike. */
export const strikeSource = z.enum(['report', 'dmca', 'review', 'admin']);

/** `active`: nothing stands against them. `warned`: strikes are in force. `banned`: a penalty is. */
export const standing = z.enum(['active', 'warned', 'banned']);
export type Standing = z.infer<typeof standing>;

export const appealStatus = z.enum(['pending', 'approved', 'denied']);
export type AppealStatus = z.infer<typeof appealStatus>;

/** What a decision about a person can be: kinds that can be appealed. `ban` is a channel's, `penalty` the platform's. */
export const decisionSubjectKind = z.enum(['penalty', 'strike', 'violation', 'timeout', 'ban']);
export type DecisionSubjectKind = z.infer<typeof decisionSubjectKind>;

/** What a program said of a text, with the thresholds of that moment: 0–1 each. */
export const scoreOfText = z.object({
  value: z.number(),
  category,
  hold: z.number(),
  block: z.number(),
});

/** A text that a decision is about, as its author wrote it. */
const decidedText = z.object({
  source: z.enum(['live', 'comment', 'inboxMessage']),
  text: z.string(),
  createdAt: instant,
  /** Null: nothing rated it, or people reported it before anything did. */
  score: scoreOfText.nullable(),
});

/** A decision about oneself. `expiresAt` is absent when it has no end. */
export const penaltyItem = z.object({
  kind: decisionSubjectKind,
  id: z.string(),
  reason: z.string(),
  issuedAt: instant,
  expiresAt: instant.optional(),
  /** In force now. */
  active: z.boolean(),
  /** Whether an appeal may be handed in now. */
  appealable: z.boolean(),
  /** The newest appeal against it. */
  appealId: z.string().optional(),
  category: z.string().nullable(),
  /** Given by rule or by a program: no person decided. */
  automatic: z.boolean(),
  /** When it was taken back, or ended before its time. */
  endedAt: instant.optional(),
  /** How it ended before its time: by an appeal, or in another way; `approved`: a held text was published. */
  endedBecause: z.enum(['appeal', 'approved', 'other']).optional(),
  /** Where it holds: a timeout, a channel ban, a text in a channel. */
  channel: z.object({ id: z.string(), displayName: z.string() }).optional(),
  /** The text it is about. */
  about: decidedText.optional(),
  /** What became of the text, for `violation`. */
  action: z.enum(['held', 'blocked', 'rejected', 'warned', 'struck', 'reported']).optional(),
  /** The reasons in full: `GET /api/v1/statements/:id`. */
  statementId: statementId.optional(),
  /** Why no appeal is possible, when the decision itself says so. */
  finalBecause: z.string().optional(),
});
export type PenaltyItem = z.infer<typeof penaltyItem>;

/** The newest appeal against a decision, as admins see it beside the decision. */
const appealNote = z.object({ id: z.string(), status: appealStatus });

/** A strike as admins read it. */
export const adminStrike = z.object({
  id: z.string(),
  user: person,
  reason: z.string(),
  category: z.string().nullable(),
  source: z.object({ kind: strikeSource, id: z.string(), channelId: z.string().nullable() }),
  /** Null: the system, or an account that is gone. */
  issuedBy: person.nullable(),
  issuedAt: instant,
  expiresAt: instant,
  active: z.boolean(),
  liftedAt: instant.nullable(),
  liftedReason: z.string().nullable(),
  appeal: appealNote.nullable(),
});
export type AdminStrike = z.infer<typeof adminStrike>;

/** A penalty as admins read it. */
export const adminPenalty = z.object({
  id: z.string(),
  user: person,
  severity: z.enum(['temporary', 'permanent']),
  reason: z.string(),
  category: z.string().nullable(),
  durationHours: z.int().nullable(),
  evidenceLink: z.string().nullable(),
  policyReference: z.string().nullable(),
  /** `strikes`: by rule, and in force only while three strikes are. */
  cause: z.enum(['decision', 'strikes']),
  issuedBy: person.nullable(),
  issuedAt: instant,
  /** Null: permanent. */
  expiresAt: instant.nullable(),
  /** In force now. */
  active: z.boolean(),
  /** Whether the category lets it be appealed at all. */
  appealable: z.boolean(),
  endedAt: instant.nullable(),
  endedBy: person.nullable(),
  endedReason: z.string().nullable(),
  appeal: appealNote.nullable(),
});
export type AdminPenalty = z.infer<typeof adminPenalty>;
