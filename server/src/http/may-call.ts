/** Whether a caller passes the edge of an operation. Facts in, refusal or null out. */
import { accounts, instance, type Operation, type ProblemCode } from '@virgil/contract';
import type { Caller } from '../actor.ts';

export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
}

/** What the page to set up a second factor asks; setting it up goes through `/api/auth`. */
const OPEN_BEFORE_ENROLMENT: ReadonlySet<string> = new Set([accounts.getMe.id, instance.getInstance.id]);

export function mayCall(operation: Operation, caller: Caller): Refusal | null {
  if (operation.who === 'test-mode') return null;
  const { actor } = caller;
  if (actor.kind === 'guest') {
    return operation.who === 'anyone' ? null : { code: 'sign_in_required', detail: 'Sign in to do this.' };
  }
  if (caller.mustEnrolTwoFactor && !OPEN_BEFORE_ENROLMENT.has(operation.id)) {
    return { code: 'not_allowed', detail: 'Admins need a second factor here: set it up under Settings > Account.' };
  }
  if (caller.isBanned && !operation.openToBanned) {
    return { code: 'banned', detail: 'A penalty is in force. Inbox, appeals and your data export stay open to you.' };
  }
  if (!caller.scopes.has(operation.scope)) {
    return { code: 'not_allowed', detail: `This API key lacks the scope “${operation.scope}”.` };
  }
  if (operation.who !== 'admin') return null;
  return actor.role === 'admin' ? null : { code: 'not_allowed', detail: 'Only admins may do this.' };
}
