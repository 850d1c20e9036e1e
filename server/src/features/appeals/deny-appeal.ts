/** An admin denies an appeal: the decision stays, the person is told why, and no second appeal is taken. */
import type { appealDesk as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decideAppeal } from './decide-appeal.ts';
import type { AppealDeps } from './deps.ts';

/** Throws `not_found`, `already_decided`, `own_content` and `not_allowed`. */
export function denyAppeal(
  deps: AppealDeps,
  actor: Actor,
  appealId: string,
  words: { readonly resolution: string; readonly notes?: string | undefined },
): Promise<contract.AdminAppeal> {
  return decideAppeal(deps, actor, appealId, { decision: 'denied', reason: words.resolution, notes: words.notes });
}
