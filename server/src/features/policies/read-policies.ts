/** The policies as everybody reads them. */
import type { policies as contract } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { readAs } from '../channels/index.ts';
import type { PolicyDeps } from './deps.ts';
import { byPolicy, numberInForce, policyOf } from './describe.ts';
import { dayOf } from './policy.ts';
import { SEEDS } from './seeds.ts';
import { versionsOf } from './store.ts';

export const ORDER = SEEDS.map(({ id }) => id);

export async function listPolicies({ clock, database }: PolicyDeps, actor: Actor): Promise<contract.Policy[]> {
  const today = dayOf(clock.now());
  const found = await readAs(database, actor, (tx) => versionsOf(tx));
  return byPolicy(found, ORDER).flatMap((versions) => {
    const shown = versions.find(({ row }) => row.version === numberInForce(versions, today));
    return shown === undefined ? [] : [policyOf(versions, shown, today)];
  });
}

export async function getPolicyVersion(
  { clock, database }: PolicyDeps,
  actor: Actor,
  wanted: { readonly policy: string; readonly version: number },
): Promise<contract.Policy> {
  const versions = await readAs(database, actor, (tx) => versionsOf(tx, wanted.policy));
  const shown = versions.find(({ row }) => row.version === wanted.version);
  if (shown === undefined) throw new AppError('not_found', { detail: 'There is no such version.' });
  return policyOf(versions, shown, dayOf(clock.now()));
}
