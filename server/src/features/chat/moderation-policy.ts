/** What follows from a score: published, held for a person, or blocked. The same for every classifier. */
import type { Category } from '@virgil/contract';
import { z } from 'zod';

/** Shown scores are cut, not rounded, and thresholds are inclusive: 0.60 is held, 0.85 is blocked. */
export const thresholds = z
  .strictObject({ hold: z.number().min(0).max(1), block: z.number().min(0).max(1) })
  .refine(({ hold, block }) => hold <= block, 'what is blocked must be held too');
export type Thresholds = z.infer<typeof thresholds>;

export const DEFAULT_THRESHOLDS: Thresholds = { hold: 0.6, block: 0.85 };

/** A person decides on these, whatever the score: the harm of a wrong automatic decision is too great either way. */
const NEVER_BLOCKED: ReadonlySet<Category> = new Set<Category>(['minors', 'self_harm', 'toxicity']);

export type ModerationDecision = 'publish' | 'hold' | 'block';

export function decideModeration(
  text: { readonly score: number; readonly category: Category | null },
  limits: Thresholds,
): ModerationDecision {
  if (text.category === null || text.score < limits.hold) return 'publish';
  if (text.score < limits.block || NEVER_BLOCKED.has(text.category)) return 'hold';
  return 'block';
}

/** A channel may be stricter than the platform, never milder. */
export function effectiveThresholds(platform: Thresholds, channel: Partial<Thresholds> | null): Thresholds {
  return {
    hold: Math.min(platform.hold, channel?.hold ?? 1),
    block: Math.max(Math.min(platform.block, channel?.block ?? 1), Math.min(platform.hold, channel?.hold ?? 1)),
  };
}
