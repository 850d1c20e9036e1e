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
  /** Everybody who decided a part of it; none: the system, a program, or accounts that are gone. */
  readonly deciders: readonly string[];
  /** Admins who are not banned. */
  readonly admins: readonly string[];
}

export type ReviewDecision = 'allowed' | 'own_account' | 'own_decision';

/** Nobody about themselves; whoever decided only when nobody else could look. */
export function mayReview({ admins, appellantId, deciders, reviewerId }: ReviewFacts): ReviewDecision {
  if (reviewerId === appellantId) return 'own_account';
  if (!deciders.includes(reviewerId)) return 'allowed';
  const anotherCould = admins.some((id) => id !== reviewerId && id !== appellantId && !deciders.includes(id));
  return anotherCould ? 'own_decision' : 'allowed';
}

export interface DialogueFacts {
  readonly status: AppealStatus;
  /** Messages so far, of both sides. */
  readonly messages: number;
  readonly most: number;
}

export type DialogueDecision = 'allowed' | 'decided' | 'full';

/** One talks while the appeal is open, and not without end. */
export function mayWrite({ messages, most, status }: DialogueFacts): DialogueDecision {
  if (status !== 'pending') return 'decided';
  return messages >= most ? 'full' : 'allowed';
}
