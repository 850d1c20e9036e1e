/** How the log stands, for the admin's page. */
import type { audit } from '@virgil/contract';
import type { AuditLog } from './audit-log.ts';
import { countWaiting } from './index-store.ts';

export async function logState(log: AuditLog): Promise<audit.AuditLogState> {
  const published = await log.published.recent();
  const signer = published === null ? null : await log.ring.signerOf(published.log);
  const waiting = await log.handle.database.asSystem('how many acts wait for the log', countWaiting);
  const { refusal } = log.sequencer;
  return {
    origin: published?.origin ?? null,
    log: published?.log ?? 0,
    size: published?.size ?? 0,
    root: published?.note == null ? null : published.root,
    checkpoint: published?.note ?? null,
    publishedAt: published?.note == null ? null : published.at,
    waiting,
    keys: [...(signer?.keys ?? [])],
    refusal:
      refusal === null
        ? null
        : {
            reason: refusal.reason,
            publishedSize: 'publishedSize' in refusal ? refusal.publishedSize : null,
            localSize: refusal.localSize,
          },
    witness: log.witness?.state() ?? null,
  };
}
