/** A person wants to be erased, sees what that means, or thinks better of it. */
import type { privacy } from '@virgil/contract';
import type { Caller, Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { recordAudit } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import { cancel, schedule } from '../../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import type { PrivacyDeps } from './deps.ts';
import { askForErasure, forgetErasure } from './erasure-store.ts';
import { ERASE_PERSON, erasePersonJob } from './job-kinds.ts';
import { countOtherAdmins, readPerson } from './people-store.ts';
import { planErasure } from './plan-erasure.ts';
import { erasesAt, whyNotErase } from './policy.ts';

/** Beyond row security: the plan counts rows that are about the person but not theirs to read. */
const COUNT = 'count what an erasure would remove and keep';

export function getErasurePlan(deps: PrivacyDeps, person: Person): Promise<privacy.ErasurePlan> {
  return deps.database.asSystem(COUNT, (tx) => planErasure(deps, tx, person.userId));
}

export async function eraseMe(
  deps: PrivacyDeps,
  caller: Caller,
  person: Person,
  password: string,
): Promise<privacy.ErasurePlan> {
  const { userId } = person;
  const isOwner = await deps.auth.isOwner(userId, password);
  const at = deps.clock.now();
  return deps.database.asSystem('a person asks to be erased', async (tx) => {
    const profile = await readPerson(tx, userId);
    const role = profile?.role ?? 'user';
    const otherAdmins = role === 'admin' ? await countOtherAdmins(tx, userId, at) : 0;
    const refusal = whyNotErase({ role, otherAdmins, via: caller.via, isOwner });
    if (refusal !== null) throw new AppError('not_allowed', { detail: refusal });
    const day = erasesAt(at);
    if (await askForErasure(tx, { userId, askedAt: at, erasesAt: day })) {
      await schedule(tx, erasePersonJob(userId, day));
      await tell(tx, person, at, 'ERASURE_ASKED', {
        kind: 'erasure_asked',
        text: `Your account will be erased on ${day.toISOString().slice(0, 10)}. Until then you can call it off in the settings.`,
        data: { erasesAt: day.toISOString() },
      });
    }
    return planErasure(deps, tx, userId);
  });
}

export async function cancelErasure(deps: PrivacyDeps, person: Person): Promise<privacy.ErasurePlan> {
  const { userId } = person;
  const at = deps.clock.now();
  return deps.database.asSystem('a person calls their erasure off', async (tx) => {
    if (await forgetErasure(tx, userId)) {
      await cancel(tx, { kind: ERASE_PERSON, key: userId });
      await tell(tx, person, at, 'ERASURE_CANCELLED', {
        kind: 'erasure_cancelled',
        text: 'Your account will not be erased.',
        data: {},
      });
    }
    return planErasure(deps, tx, userId);
  });
}

async function tell(
  tx: Tx,
  { userId }: Person,
  at: Date,
  type: 'ERASURE_ASKED' | 'ERASURE_CANCELLED',
  notice: { readonly kind: string; readonly text: string; readonly data: Readonly<Record<string, string>> },
): Promise<void> {
  await recordAudit(tx, { type, entity: 'account', entityId: userId, actorId: userId, at });
  await notify(tx, { ...notice, userId, sentBy: userId, at });
}
