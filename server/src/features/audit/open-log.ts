/** A log's beginning: its name, its first key, and the entry that says so. */
import { randomBytes } from 'node:crypto';
import type { AuditType } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { emptyRoot } from 'virgil-tlog';
import type { Tx } from '../../db/database.ts';
import type { Act } from './entry.ts';
import type { KeyRing, LogSigner } from './key-ring.ts';
import { fingerprintOf, type Wrapping } from './person-keys.ts';
import type { PublishedCheckpoint } from './published.ts';
import { insertLog } from './tree-store.ts';

/** Gives a new log a name that no other has, as long as it lives: `live.example.org/log/1f0c9ab2`. */
export type LogNaming = () => string;

export function logNaming(publicUrl: string): LogNaming {
  return () => `${new URL(publicUrl).host}/log/${randomBytes(4).toString('hex')}`;
}

/** Keys, then the empty publication, then the row: whatever a crash leaves of these is taken up again. */
export async function createLog(
  tx: Tx,
  options: {
    readonly ring: KeyRing;
    readonly published: PublishedCheckpoint;
    readonly naming: LogNaming;
    readonly wrapping: Wrapping;
    readonly log: number;
    readonly at: Date;
  },
): Promise<LogSigner> {
  const { ring, published, naming, wrapping, log, at } = options;
  const signer = (await ring.signerOf(log)) ?? (await ring.addLog(log, naming(), fingerprintOf(wrapping), at));
  const root = Buffer.from(emptyRoot).toString('base64');
  await published.write({ log, origin: signer.origin, size: 0, root, note: null, at: at.toISOString() });
  await insertLog(tx, { id: log, origin: signer.origin }, at);
  return signer;
}

/** The keys that sign from here on are themselves in the log. */
export function logEvent(
  type: Extract<AuditType, 'LOG_STARTED' | 'LOG_KEYS_CHANGED'>,
  signer: LogSigner,
  actorId: string | null,
  at: Date,
  more: Readonly<Record<string, unknown>> = {},
): Act {
  const details = { origin: signer.origin, keys: signer.verifiers, ...more };
  return {
    eventId: uuidv7(),
    type,
    entity: 'instance',
    entityId: 'audit',
    actorId,
    at,
    version: 1,
    details,
    personal: [],
  };
}
