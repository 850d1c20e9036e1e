/** An admin accepts an appeal: everything that the decision did is undone, and the person is told. */
import type { appealDesk as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { decideAppeal } from './decide-appeal.ts';
import type { AppealDeps } from './deps.ts';

/** Throws `not_found`, `already_decided`, `own_content` and `not_allowed`. */
export function acceptAppeal(
  deps: AppealDeps,
  actor: Actor,
  appealId: string,
  words: { readonly resolution: string; readonly notes?: string | undefined },
): Promise<contract.AdminAppeal> {
  return decideAppeal(deps, actor, appealId, { decision: 'accepted', reason: words.resolution, notes: words.notes });
}
