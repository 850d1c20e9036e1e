/** Whether a caller passes the edge of an operation. Facts in, refusal or null out. */
import type { Operation, ProblemCode } from '@virgil/contract';
import type { Caller } from '../actor.ts';

export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

export function mayCall(operation: Operation, caller: Caller): Refusal | null {
  if (operation.who === 'test-mode') return null;
  const { actor } = caller;
  if (actor.kind === 'guest') {
    return operation.who === 'anyone' ? null : { code: 'sign_in_required', detail: 'Sign in to do this.' };
  }
  if (caller.isBanned && !operation.openToBanned) {
    return { code: 'banned', detail: 'A penalty is in force. Inbox, appeals and your data export stay open to you.' };
  }
  if (!caller.scopes.has(operation.scope)) {
    return { code: 'not_allowed', detail: `This API key lacks the scope “${operation.scope}”.` };
  }
  if (operation.who !== 'admin') return null;
  if (actor.role !== 'admin') return { code: 'not_allowed', detail: 'Only admins may do this.' };
  if (caller.mustEnrolTwoFactor) {
    return { code: 'not_allowed', detail: 'Admins need a second factor here: set it up under Settings > Account.' };
  }
  return null;
}
