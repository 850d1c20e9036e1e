import type { Actor, Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { Decision } from './policy.ts';

/** The signed-in person; the edge refuses guests before, where an operation asks for one. */
export function personOfActor(actor: Actor): Person {
  if (actor.kind !== 'person') throw new AppError('sign_in_required');
  return actor;
}

/** Turns a refusal of policy into the error that crosses layers. */
export function enforce(decision: Decision): void {
  if (!decision.allowed) throw new AppError(decision.code);
}
