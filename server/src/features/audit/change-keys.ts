/** A signing key joins, or the older one retires. Both are entries of the log, which name the keys that sign from then on. */
import type { audit } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { recordAudit } from '../../db/audit-outbox.ts';
import { AppError } from '../../errors.ts';
import { personOfActor } from '../channels/index.ts';
import type { AuditLog } from './audit-log.ts';
import { logState } from './log-state.ts';

const SIGN_AT_ONCE = 2;

export async function changeKeys(
  log: AuditLog,
  caller: Caller,
  change: 'add' | 'retire',
): Promise<audit.AuditLogState> {
  const { userId } = personOfActor(caller.actor);
  const at = log.clock.now();
  await log.settle();
  await log.sequencer.exclusively(async (transact) => {
    const published = await log.published.read();
    const before = published === null ? null : await log.ring.signerOf(published.log);
    if (before === null || log.sequencer.refusal !== null) {
      throw new AppError('already_decided', { detail: 'The log takes no new entries at the moment.' });
    }
    const inForce = before.verifiers.length;
    if (change === 'add' ? inForce >= SIGN_AT_ONCE : inForce < 2) {
      throw new AppError('already_decided', {
        detail: change === 'add' ? 'Two keys sign already.' : 'The only key cannot retire: add another one first.',
      });
    }
    const former = await log.ring.snapshot();
    const after = await (change === 'add' ? log.ring.addKey(before.log, at) : log.ring.retireOldest(before.log, at));
    log.sequencer.forget();
    // No key signs that no entry names.
    await transact((tx) =>
      recordAudit(tx, {
        type: 'LOG_KEYS_CHANGED',
        entity: 'instance',
        entityId: 'audit',
        actorId: userId,
        at,
        details: { origin: after.origin, keys: after.verifiers },
      }),
    ).catch(async (error: unknown) => {
      await former.restore();
      throw error;
    });
  });
  await log.settle();
  return logState(log);
}
