/**
 * Every action is one audit entry, written in the transaction of the act. The log itself is made from these rows, in
 * the order of their ids. `details` hold ids, numbers and words of closed lists; whatever people wrote or what tells
 * of them beyond an id goes into `personal`, which the log seals under that person's own key.
 */
import { AUDIT_TYPES, type AuditEntity, type AuditType } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { afterCommit } from './commit-hooks.ts';
import type { Tx } from './database.ts';
import { auditOutbox } from './schema/index.ts';
import { writeBehind } from './writes-behind.ts';

export type { AuditType };

const auditType = z.enum(AUDIT_TYPES);
/** UTF-8 bytes of details and personal together: sealed and encoded they fit into one entry of the log (65,535). */
const MAX_BYTES = 40_000;

export interface AuditEntry {
  readonly type: AuditType;
  readonly entity: AuditEntity;
  readonly entityId: string;
  /** Null for guests and for the system. */
  readonly actorId: string | null;
  readonly at: Date;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Sealed under the key of each person: free text, names, addresses. Gone for good once that key is destroyed. */
  readonly personal?: readonly { readonly userId: string; readonly data: Readonly<Record<string, unknown>> }[];
  /** Of the shape of `details`; a changed shape gets the next number and old ones stay readable. */
  readonly version?: number;
}

/** Returns the event ids, in the order of the entries: what a receipt is asked for by. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<[eventId: string]>;
export async function recordAudit(tx: Tx, entries: readonly AuditEntry[]): Promise<string[]>;
export async function recordAudit(tx: Tx, entry: AuditEntry | readonly AuditEntry[]): Promise<string[]> {
  const entries = [entry].flat() as readonly AuditEntry[];
  if (entries.length === 0) return [];
  const rows = entries.map((entry) => ({
    eventId: uuidv7(),
    type: auditType.parse(entry.type),
    entity: entry.entity,
    entityId: entry.entityId,
    actorId: entry.actorId,
    at: entry.at,
    version: entry.version ?? 1,
    details: entry.details ?? {},
    personal: [...(entry.personal ?? [])],
  }));
  for (const { type, details, personal } of rows) {
    // As the log will hold it: normalising may make a text three times as long.
    const bytes = Buffer.byteLength(JSON.stringify([details, personal]).normalize('NFC'));
    if (bytes > MAX_BYTES) throw new Error(`${type}: ${bytes} bytes of details are too many for one audit entry`);
  }
  // Its answer is waited for at the commit: no action takes a round trip longer for its entry.
  writeBehind(tx, tx.insert(auditOutbox).values(rows));
  afterCommit(tx, { kind: 'audited' });
  return rows.map((row) => row.eventId);
}
