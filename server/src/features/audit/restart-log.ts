/**
 * An admin begins a new log, because the old one cannot go on: the database was restored and lacks entries that were
 * published, or the log's key is gone. The new one has another name and key, so that nobody can take it for the old one;
 * its first entry says what was published last. What waited in the outbox goes into the new log.
 */
import type { audit } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { AuditLog } from './audit-log.ts';
import { logState } from './log-state.ts';
import { createLog } from './open-log.ts';
import { newestLog } from './tree-store.ts';

export async function restartLog(log: AuditLog, caller: Caller, reason: string): Promise<audit.AuditLogState> {
  const { userId } = personOfActor(caller.actor);
  const { clock, naming, published, ring, sequencer, wrapping } = log;
  await log.settle();
  await sequencer.exclusively(async (transact) => {
    const { refusal } = sequencer;
    if (refusal === null)
      throw new AppError('already_decided', { detail: 'The log goes on: there is nothing to begin anew.' });
    const last = await published.read();
    if (last !== null) await published.putAside(last);
    const at = clock.now();
    await transact(async (tx) => {
      const known = (await newestLog(tx))?.log.id ?? 0;
      const signer = await createLog(tx, {
        ring,
        published,
        naming,
        wrapping,
        log: Math.max(known, await ring.newest()) + 1,
        at,
      });
      const previous = {
        reason: refusal.reason,
        localSize: refusal.localSize,
        ...(last === null ? {} : { origin: last.origin, publishedSize: last.size, publishedRoot: last.root }),
      };
      await recordAudit(tx, {
        type: 'LOG_STARTED',
        entity: 'instance',
        entityId: 'audit',
        actorId: userId,
        at,
        details: { origin: signer.origin, keys: signer.verifiers, previous },
        personal: [{ userId, data: { reason } }],
      });
    });
    sequencer.forget();
  });
  await log.settle();
  return logState(log);
}
