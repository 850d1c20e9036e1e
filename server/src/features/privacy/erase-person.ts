/**
 * The day has come: everything of a person goes, line by line of the data map; what must stay stays with a profile
 * that has no name. A legal hold keeps the data; then only access closes, and the rest follows the end of the hold.
 * Runs in its job's transaction. What lies outside the database goes first and may go twice.
 */
import { rm } from 'node:fs/promises';
import type { UserId } from '@virgil/contract';
import type { Tx } from '../../db/database.ts';
import { recordAudit } from '../../db/index.ts';
import { signalNodes } from '../../db/node-signals.ts';
import { announce } from '../../db/outbox.ts';
import { schedule } from '../../jobs/index.ts';
import { archivePath } from './archive-path.ts';
import { DATA_MAP } from './data-map.ts';
import type { PrivacyDeps } from './deps.ts';
import { findErasure, setErasure } from './erasure-store.ts';
import { PERSON_CLOSED, personClosed } from './events.ts';
import { exportIdsOf } from './export-store.ts';
import { heldUntil } from './hold-store.ts';
import { erasePersonJob } from './job-kinds.ts';
import { blankRows, removeRows } from './mapped-rows.ts';
import { blankProfile, countOtherAdmins, readPerson } from './people-store.ts';
import { isLastAdmin, onTheDay } from './policy.ts';

const DAY_MS = 86_400_000;

export async function erasePerson(deps: PrivacyDeps, tx: Tx, userId: UserId): Promise<void> {
  const at = deps.clock.now();
  const asked = await findErasure(tx, userId);
  // Called off, or done already.
  if (asked === null || asked.status === 'done') return;
  if (asked.erasesAt > at) return schedule(tx, erasePersonJob(userId, asked.erasesAt));

  // The other admins may have gone in the meantime: somebody has to be left who decides.
  const role = (await readPerson(tx, userId))?.role ?? 'user';
  if (isLastAdmin({ role, otherAdmins: role === 'admin' ? await countOtherAdmins(tx, userId, at) : 0 })) {
    deps.logger.warn({ userId }, 'the last admin asked to be erased; this waits until there is another one');
    return schedule(tx, erasePersonJob(userId, new Date(at.getTime() + DAY_MS)));
  }

  if (asked.status === 'asked') await closeAccess(deps, tx, userId, at);
  const decision = onTheDay(await heldUntil(tx, userId, at));
  if (decision.act === 'restrict') {
    await setErasure(tx, userId, { status: 'restricted' });
    await deps.audit.holdKey(tx, userId, decision.until);
    return schedule(tx, erasePersonJob(userId, decision.until));
  }

  await deps.files.erase(await deps.files.of(tx, userId));
  for (const id of await exportIdsOf(tx, userId)) await rm(archivePath(deps.archiveFolder, id), { force: true });
  await deps.auth.erase(userId);
  for (const entry of DATA_MAP) {
    const { erasure } = entry;
    if (entry.table.startsWith('auth.')) continue;
    if (erasure.how === 'delete') await removeRows(tx, entry, userId);
    if (erasure.how === 'blank') await blankRows(tx, entry, erasure.set, userId);
    if (erasure.how === 'keep' && erasure.set !== undefined) await blankRows(tx, entry, erasure.set, userId);
  }
  await blankProfile(tx, userId, at);
  await setErasure(tx, userId, { status: 'done', erasedAt: at });
  await deps.audit.destroyKey(tx, userId, at);
  await tellEverybody(tx, userId, at);
}

/** The announcement is never lost and reaches one node; the signal reaches all that listen. */
async function tellEverybody(tx: Tx, userId: UserId, at: Date): Promise<void> {
  await announce(tx, personClosed(userId, at));
  await signalNodes(tx, { kind: PERSON_CLOSED, id: userId });
}

/** Nobody gets in as them and nobody is charged for them; what of theirs runs ends by the announcement. */
async function closeAccess(deps: PrivacyDeps, tx: Tx, userId: UserId, at: Date): Promise<void> {
  await deps.endSubscriptions(tx, userId, at);
  await deps.auth.closeAccess(userId);
  await recordAudit(tx, { type: 'ACCOUNT_CLOSED', entity: 'account', entityId: userId, actorId: null, at });
  await tellEverybody(tx, userId, at);
}
