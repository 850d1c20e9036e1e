/** Whether an appeal is taken, and who may decide on it. Facts in, decision out. */
import type { AppealStatus, ProblemCode } from '@virgil/contract';

export interface AppealFacts {
  /** In force at this moment. */
  readonly isInForce: boolean;
  /** False: permanent, and for something that no appeal undoes. */
  readonly canBeAppealed: boolean;
  /** Of appeals that were handed in before. */
  readonly before: readonly AppealStatus[];
}

export type AppealDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: Extract<ProblemCode, 'appeal_not_possible' | 'appeal_exists'> };

/** One open appeal for a decision, and none after a denial. */
export function mayAppeal({ before, canBeAppealed, isInForce }: AppealFacts): AppealDecision {
  if (!canBeAppealed) return { allowed: false, code: 'appeal_not_possible' };
  if (before.some((status) => status !== 'approved')) return { allowed: false, code: 'appeal_exists' };
  return isInForce ? { allowed: true } : { allowed: false, code: 'appeal_not_possible' };
}

export interface ReviewFacts {
  readonly reviewerId: string;
  /** Whom the decision concerns. */
  readonly appellantId: string;
  /** Who made it; null: the system, or an account that is gone. */
  readonly decidedBy: string | null;
  /** Somebody else could look: an admin who is neither of them and not banned. */
  readonly anotherAdminExists: boolean;
}

export type ReviewDecision = 'allowed' | 'own_account' | 'own_decision';

export function mayReview(facts: ReviewFacts): ReviewDecision {
  if (facts.reviewerId === facts.appellantId) return 'own_account';
  return facts.reviewerId === facts.decidedBy && facts.anotherAdminExists ? 'own_decision' : 'allowed';
}
