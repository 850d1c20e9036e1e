/** Whether a report is taken. Facts in, decision out. */
import type { UserId } from '@virgil/contract';
import { ALLOWED, type Decision, refuse } from '../channels/index.ts';

/** `ownerId` null: there is no such thing, or the reporter may not know of it. */
export function mayReport(reporterId: UserId, ownerId: string | null): Decision {
  if (ownerId === null) return refuse('not_found');
  return ownerId === reporterId ? refuse('own_content') : ALLOWED;
}
