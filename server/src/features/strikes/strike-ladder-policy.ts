/**
 * What a person's strikes add up to: nothing, a warning, a harder one, a closed account. Facts in, step out; the same
 * strikes in force always mean the same step, however they came and went.
 */

export const STRIKE_DAYS = 90;
/** Active at the same time. */
export const STRIKES_TO_BAN = 3;
const DAY_MS = 86_400_000;

export interface StrikeFacts {
  /** Whose moderators gave it; null: the platform's people did. */
  readonly channelId: string | null;
  readonly expiresAt: Date;
  readonly liftedAt: Date | null;
}

/** From mild to severe. `escalated`: three, but all from one channel, so an admin looks and nothing closes by itself. */
export const STEPS = ['clear', 'warned', 'warned_harder', 'escalated', 'banned'] as const;
export type Step = (typeof STEPS)[number];

export interface Standing {
  readonly active: number;
  readonly step: Step;
}

/** The first moment at which it no longer counts is its end itself. */
export function isInForce(strike: StrikeFacts, at: Date): boolean {
  return strike.liftedAt === null && strike.expiresAt.getTime() > at.getTime();
}

export function standingAt(strikes: readonly StrikeFacts[], at: Date): Standing {
  const inForce = strikes.filter((strike) => isInForce(strike, at));
  return { active: inForce.length, step: stepFor(inForce) };
}

function stepFor(inForce: readonly StrikeFacts[]): Step {
  if (inForce.length === 0) return 'clear';
  if (inForce.length === 1) return 'warned';
  if (inForce.length < STRIKES_TO_BAN) return 'warned_harder';
  const channels = new Set(inForce.map(({ channelId }) => channelId));
  return channels.size === 1 && !channels.has(null) ? 'escalated' : 'banned';
}

export function endOfStrike(issuedAt: Date): Date {
  return new Date(issuedAt.getTime() + STRIKE_DAYS * DAY_MS);
}
