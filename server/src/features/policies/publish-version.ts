/** An admin publishes the draft: from then on nobody can change it, and decisions name it for ever. */
import { createHash } from 'node:crypto';
import { changesBetween, type policies as contract } from '@virgil/contract';
import canonicalize from 'canonicalize';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { PolicyDeps } from './deps.ts';
import { policyOf } from './describe.ts';
import { refuseStale } from './drafts.ts';
import { dayOf, mayPublish, problemsOf } from './policy.ts';
import { deleteDraft, findDraft, insertVersion, lockPolicy, type VersionRow, versionsOf } from './store.ts';

const REFUSALS = {
  nothing_changed: { path: 'revision', message: 'the draft says what the newest version says' },
  in_the_past: { path: 'effectiveFrom', message: 'a day that is over' },
  before_the_newest: { path: 'effectiveFrom', message: 'before the newest version holds' },
  full: { path: 'revision', message: 'no more versions' },
} as const;

export async function publishPolicy(
  { clock, database }: Pick<PolicyDeps, 'database' | 'clock'>,
  actor: Actor,
  policy: string,
  wanted: { readonly revision: number; readonly effectiveFrom?: string | undefined },
): Promise<contract.Policy> {
  const { userId } = personOfActor(actor);
  const at = clock.now();
  const today = dayOf(at);
  return database.asActor(actor, async (tx) => {
    await lockPolicy(tx, policy);
    const newest = (await versionsOf(tx, policy)).at(-1);
    if (newest === undefined) throw new AppError('not_found', { detail: 'There is no such policy.' });
    const draft = await findDraft(tx, policy);
    if (draft === null) throw new AppError('not_found', { detail: 'There is no draft.' });
    await refuseStale(tx, draft, wanted.revision);
    const problems = problemsOf(draft.content);
    if (problems.length > 0) throw new AppError('invalid', { errors: problems });
    const changes = changesBetween(newest.row.content, draft.content);
    // Not said: today, or the day of a version that is announced for later.
    const soonest = [newest.row.effectiveFrom, today].toSorted().at(-1) ?? today;
    const effectiveFrom = wanted.effectiveFrom ?? soonest;
    const decision = mayPublish({ today, effectiveFrom, newest: newest.row, changes: changes.length });
    if (!decision.allowed) throw new AppError('invalid', { errors: [REFUSALS[decision.because]] });
    const row: VersionRow = {
      policyId: policy,
      version: decision.version,
      effectiveFrom,
      content: draft.content,
      publishedAt: at,
      publishedBy: userId,
    };
    await insertVersion(tx, row);
    await deleteDraft(tx, policy);
    const counted = (how: 'added' | 'removed' | 'changed') => changes.filter((change) => change.how === how).length;
    await recordAudit(tx, {
      type: 'POLICY_PUBLISHED',
      entity: 'policy',
      entityId: `${policy}/${row.version}`,
      actorId: userId,
      at,
      details: {
        policy,
        version: row.version,
        effectiveFrom,
        // Of the canonical JSON (RFC 8785): whoever holds the text can prove that it is the one that was published.
        sha256: createHash('sha256')
          .update(canonicalize(row.content) ?? '')
          .digest('hex'),
        added: counted('added'),
        changed: counted('changed'),
        removed: counted('removed'),
        rulesGone: changes.filter(({ how, part }) => part === 'rule' && how === 'removed').map(({ id }) => id),
      },
    });
    const versions = await versionsOf(tx, policy);
    const shown = versions.find((each) => each.row.version === row.version);
    if (shown === undefined) throw new Error('a version vanished in the transaction that published it');
    return policyOf(versions, shown, today);
  });
}
