/** What follows from a score: published, held for a person, or blocked. The same for every classifier. */
import type { Category } from '@virgil/contract';
import { z } from 'zod';
import { ALLOWED, type Decision, refuse, type Standing } from '../channels/index.ts';

/** Inclusive: 0.60 is held, 0.85 is blocked. Shown scores are cut, not rounded, so that 0.5999 never shows as 0.60. */
export const thresholds = z
  .object({ hold: z.number().min(0).max(1), block: z.number().min(0).max(1) })
  .refine(({ hold, block }) => hold <= block, 'what is blocked must be held too');
export type Thresholds = Readonly<z.infer<typeof thresholds>>;

export const DEFAULT_THRESHOLDS: Thresholds = { hold: 0.6, block: 0.85 };

/** A person decides on these, whatever the score: the harm of a wrong automatic decision is too great either way. */
export const NEVER_BLOCKED: ReadonlySet<Category> = new Set<Category>(['minors', 'self_harm', 'toxicity']);
/** Found in a text beside something worse, these still need a person: a block would be the end of it. */
const NEED_A_PERSON = ['minors', 'self_harm'] as const;

export type ModerationDecision = 'publish' | 'hold' | 'block';

export interface ScoredText {
  readonly score: number;
  readonly category: Category | null;
  readonly breakdown: Readonly<Partial<Record<Category, number>>>;
}

/**
 * What the decision is about: the highest score, unless a child or the author may be in danger. From where the platform
 * would hold a text for that alone: a channel's stricter thresholds make no danger of a trace.
 */
export function determineCategory(text: ScoredText, platform: Thresholds): Pick<ScoredText, 'score' | 'category'> {
  for (const category of NEED_A_PERSON) {
    const score = text.breakdown[category] ?? 0;
    // A platform that holds everything does not make a danger of what was not found.
    if (score > 0 && score >= platform.hold) return { category, score };
  }
  return { category: text.category, score: text.score };
}

export function decideModeration(
  text: { readonly score: number; readonly category: Category | null },
  limits: Thresholds,
): ModerationDecision {
  if (text.category === null || text.score < limits.hold) return 'publish';
  if (text.score < limits.block || NEVER_BLOCKED.has(text.category)) return 'hold';
  return 'block';
}

/** A channel may be stricter than the platform, never milder; also when the platform became stricter since. */
export function effectiveThresholds(platform: Thresholds, channel: Thresholds | null): Thresholds {
  if (channel === null) return platform;
  return { hold: Math.min(platform.hold, channel.hold), block: Math.min(platform.block, channel.block) };
}

/** Which of a channel's wishes are milder than the platform. */
export function milderThan(platform: Thresholds, wished: Thresholds): (keyof Thresholds)[] {
  return (['hold', 'block'] as const).filter((which) => wished[which] > platform[which]);
}

/**
 * What is stored of a channel's wish. One that equals the platform's is none: the channel goes by the platform's, also
 * when that changes, as far as what the channel did choose allows.
 */
export function ownThresholds(platform: Thresholds, wished: Thresholds): Thresholds {
  const block = wished.block >= platform.block ? 1 : wished.block;
  return { hold: wished.hold >= platform.hold ? block : wished.hold, block };
}

/** Who sees and sets a channel's thresholds. */
export function mayLookAfter(standing: Standing): Decision {
  const { granted, isOwner, platformRole, signedIn } = standing;
  return signedIn && (isOwner || granted.has('moderator') || platformRole === 'admin')
    ? ALLOWED
    : refuse('not_allowed');
}

/** Somebody wrote of harming themselves: that is no breach, and nobody is blamed for it. */
export const isViolation = (category: Category): boolean => category !== 'self_harm';

export const BLOCKED_UNTIL_ESCALATION = 3;
export const SESSION_OFF_STREAM_MS = 24 * 3_600_000;

/**
 * Counted towards an admin's look is what the platform would block too: a channel that blocks nearly everything makes
 * no offender of who writes there.
 */
export const countsAsBlocked = (score: number, platform: Thresholds): boolean => score >= platform.block;

/** What was blocked of one person in one session and counts, the message of this moment included. */
export interface SessionFacts {
  readonly blocked: number;
  readonly isEscalated: boolean;
}

/** Once a session: an admin looks at the person, not at each further line. */
export const mustEscalate = ({ blocked, isEscalated }: SessionFacts): boolean =>
  blocked >= BLOCKED_UNTIL_ESCALATION && !isEscalated;
