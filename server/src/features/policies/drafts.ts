/** Admins write the next version of a policy: a draft is read, saved and thrown away, and nobody else sees it. */
import type { policies as contract, PolicyContent } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Actor } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { profiles } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { personColumns, personOf, personOfActor } from '../channels/index.ts';
import type { PolicyDeps } from './deps.ts';
import { byPolicy, numberInForce, versionOf } from './describe.ts';
import { dayOf, problemsOf } from './policy.ts';
import { ORDER } from './read-policies.ts';
import { allDrafts, type DraftRow, deleteDraft, findDraft, lockPolicy, storeDraft, versionsOf } from './store.ts';

type Deps = Pick<PolicyDeps, 'database' | 'clock'>;

export async function listAdminPolicies({ clock, database }: Deps, actor: Actor): Promise<contract.AdminPolicy[]> {
  const today = dayOf(clock.now());
  return database.asActor(actor, async (tx) => {
    const drafts = await allDrafts(tx);
    const policies: contract.AdminPolicy[] = [];
    for (const versions of byPolicy(await versionsOf(tx), ORDER)) {
      const newest = versions.at(-1);
      if (newest === undefined) continue;
      const draft = drafts.find(({ policyId }) => policyId === newest.row.policyId);
      policies.push({
        id: newest.row.policyId,
        title: newest.row.content.title,
        versions: versions.map(versionOf).toReversed(),
        inForce: numberInForce(versions, today),
        draft: draft === undefined ? null : await noteOf(tx, draft),
      });
    }
    return policies;
  });
}

export function getDraft({ database }: Deps, actor: Actor, policy: string): Promise<contract.PolicyDraft> {
  return database.asActor(actor, async (tx) => {
    const row = await findDraft(tx, policy);
    if (row === null) throw new AppError('not_found', { detail: 'There is no draft.' });
    return draftOf(tx, row);
  });
}

export async function saveDraft(
  { clock, database }: Deps,
  actor: Actor,
  policy: string,
  { content, revision }: { readonly content: PolicyContent; readonly revision: number },
): Promise<contract.PolicyDraft> {
  const { userId } = personOfActor(actor);
  const problems = problemsOf(content);
  if (problems.length > 0) throw new AppError('invalid', { errors: problems });
  return database.asActor(actor, async (tx) => {
    await lockPolicy(tx, policy);
    const newest = (await versionsOf(tx, policy)).at(-1);
    if (newest === undefined) throw new AppError('not_found', { detail: 'There is no such policy.' });
    const present = await findDraft(tx, policy);
    await refuseStale(tx, present, revision);
    const row: DraftRow = {
      policyId: policy,
      baseVersion: present?.baseVersion ?? newest.row.version,
      content,
      revision: revision + 1,
      updatedAt: clock.now(),
      updatedBy: userId,
    };
    await storeDraft(tx, row);
    return draftOf(tx, row);
  });
}

export async function discardDraft({ database }: Deps, actor: Actor, policy: string): Promise<void> {
  const wasThere = await database.asActor(actor, async (tx) => {
    await lockPolicy(tx, policy);
    return deleteDraft(tx, policy);
  });
  if (!wasThere) throw new AppError('not_found', { detail: 'There is no draft.' });
}

/** Nobody saves or publishes over what they have not read. */
export async function refuseStale(tx: Tx, present: DraftRow | null, revision: number): Promise<void> {
  if ((present?.revision ?? 0) === revision) return;
  if (present === null) {
    throw new AppError('already_decided', { detail: 'The draft was published or thrown away since it was read.' });
  }
  const { displayName } = (await authorOf(tx, present)) ?? { displayName: 'Somebody' };
  const detail = `${displayName} saved the draft at ${present.updatedAt.toISOString()}.`;
  throw new AppError('already_decided', { detail });
}

async function authorOf(tx: Tx, { updatedBy }: DraftRow) {
  if (updatedBy === null) return null;
  const [row] = await tx.select(personColumns).from(profiles).where(eq(profiles.id, updatedBy));
  return row === undefined ? null : personOf(row);
}

async function noteOf(tx: Tx, row: DraftRow): Promise<NonNullable<contract.AdminPolicy['draft']>> {
  const { baseVersion, revision, updatedAt } = row;
  return { baseVersion, revision, updatedAt: updatedAt.toISOString(), updatedBy: await authorOf(tx, row) };
}

const draftOf = async (tx: Tx, row: DraftRow): Promise<contract.PolicyDraft> => ({
  ...(await noteOf(tx, row)),
  policy: row.policyId,
  content: row.content,
});
