/** The signed-in person behind a caller; the edge has refused everybody else. */
import type { Caller, Person } from '../../actor.ts';
import { AppError } from '../../errors.ts';

export function personOf(caller: Caller): Person {
  if (caller.actor.kind !== 'person') throw new AppError('sign_in_required');
  return caller.actor;
}
