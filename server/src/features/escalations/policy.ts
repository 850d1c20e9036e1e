/** What comes first, by when it is due, and who may decide. Facts in, decision out; the queue's SQL is built from here. */
import type { escalations } from '@virgil/contract';
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

type Urgency = escalations.Urgency;
type EscalationTimes = escalations.EscalationTimes;

/** The gravest first: whoever is in danger does not wait for what is merely old. */
export const URGENCIES = ['minors', 'threats', 'normal'] as const satisfies readonly Urgency[];

/** What makes a matter urgent, whether a moderator named it or the classifier found it. */
export const URGENT = [
  { urgency: 'minors', triggers: ['minors'], categories: ['minors'] },
  { urgency: 'threats', triggers: ['threats'], categories: ['threat', 'terror'] },
] as const;

export interface Matter {
  readonly kind: escalations.EscalationKind;
  readonly trigger: string | null;
  readonly category: string | null;
}

export function urgencyOf({ category, trigger }: Pick<Matter, 'category' | 'trigger'>): Urgency {
  const found = URGENT.find(
    ({ categories, triggers }) =>
      triggers.some((each) => each === trigger) || categories.some((each) => each === category),
  );
  return found?.urgency ?? 'normal';
}

/** Minutes: an hour for what concerns minors or threats, a day for everything else. */
export const TIMES_AT_FIRST: EscalationTimes = {
  minors: 60,
  threats: 60,
  hate_speech: 1440,
  racism: 1440,
  staff_impersonation: 1440,
  multi_violation: 1440,
  unassigned: 1440,
  strikes: 1440,
};

/** Which of the times holds for it. */
export function timeOf(matter: Matter): keyof EscalationTimes {
  const urgency = urgencyOf(matter);
  if (urgency !== 'normal') return urgency;
  const cause = matter.trigger ?? matter.kind;
  // A trigger of the closed list, or one of the two kinds that have none.
  return isTime(cause) ? cause : 'unassigned';
}

const isTime = (cause: string): cause is keyof EscalationTimes => Object.hasOwn(TIMES_AT_FIRST, cause);

export const dueAt = (since: Date, minutes: number): Date => new Date(since.getTime() + minutes * 60_000);

/** Overdue from the moment at which it is due. */
export const isOverdue = (due: Date, now: Date): boolean => due.getTime() <= now.getTime();

export interface ResolveFacts {
  readonly authorId: string;
  readonly adminId: string;
  readonly isOpen: boolean;
}

/** Nobody decides about their own; the first decision stands. */
export function mayResolve({ adminId, authorId, isOpen }: ResolveFacts): Decision {
  if (authorId === adminId) return refuse('own_content');
  return isOpen ? ALLOWED : refuse('already_decided');
}
