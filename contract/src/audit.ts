/**
 * The audit log: everything that was decided, in order, in a Merkle tree whose checkpoints are signed. Public beside
 * these operations: `GET /log/key`, `/log/checkpoint` and `/log/tile/…` in C2SP tlog-tiles form (bundles of entries for
 * admins alone).
 */
import { z } from 'zod';
import { AUDIT_ENTITIES, AUDIT_TYPES } from './audit-types.ts';
import { operation } from './operations.ts';
import { instant, listOf, paging, person, text, userId } from './primitives.ts';

/** UUIDv7, given to an act in the transaction that recorded it. */
const eventId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

export const auditEntry = z.object({
  eventId,
  /** Which tree: 1, and one more for every time a new log had to begin. */
  log: z.int().positive(),
  /** Place in that tree, from 0. */
  seq: z.int().nonnegative(),
  type: z.string(),
  entity: z.string(),
  /** Null when it was a person's and they are erased. */
  entityId: z.string().nullable(),
  /** How people call it, where the id is a person's who is not erased. */
  entityName: z.string().nullable(),
  /** Null: a guest, the system, or somebody who is erased. */
  actor: person.nullable(),
  at: instant,
});
export type AuditLogEntry = z.infer<typeof auditEntry>;

const filter = {
  type: z.enum(AUDIT_TYPES).optional(),
  entity: z.enum(AUDIT_ENTITIES).optional(),
  /** One thing's whole history. */
  entityId: z.string().min(1).max(64).optional(),
  actorId: userId.optional(),
  /** From this instant on. */
  from: instant.optional(),
  /** Before this instant. */
  until: instant.optional(),
  /** An event's or a thing's id, or a part of somebody's name. */
  q: z.string().max(100).optional(),
};

export const listAudit = operation({
  id: 'admin.audit.list',
  method: 'GET',
  path: '/api/admin/audit',
  who: 'admin',
  scope: 'admin',
  summary: 'The audit log, newest first; by type, thing, person and time.',
  query: z.strictObject({ ...paging(), ...filter }),
  output: listOf(auditEntry),
  errors: ['sign_in_required', 'not_allowed'],
});

/** Everything needed to check one entry without asking the server again. */
export const auditProof = z.object({
  index: z.int().nonnegative(),
  /** Base64 of the hashes from the leaf's sibling up to the root's child. */
  hashes: z.array(z.string()),
  /** The signed note, word for word. */
  checkpoint: z.string(),
  /** Of the checkpoint. */
  size: z.int().positive(),
  origin: z.string(),
  /** Verifier keys of the log in signed-note form, retired ones too. */
  keys: z.array(z.string()),
  /** When asked for: base64 of the hashes which show that the tree begins with the one of `size` (RFC 9162, 2.1.4). */
  consistency: z.object({ size: z.int().positive(), hashes: z.array(z.string()) }).nullable(),
});
export type AuditProof = z.infer<typeof auditProof>;

export const auditPart = z.object({
  part: z.int().nonnegative(),
  /** Null: their key was destroyed, and nobody can say who it was. */
  person: person.nullable(),
  /** Details in words that were sealed with it. */
  words: z.record(z.string(), z.unknown()),
  personal: z.record(z.string(), z.unknown()),
});

export const auditEntryWithProof = auditEntry.extend({
  /** The entry as it was hashed: canonical JSON (RFC 8785). */
  leaf: z.string(),
  details: z.unknown(),
  people: z.array(auditPart),
  /** Null for an entry of a log that a restore cut off. */
  proof: auditProof.nullable(),
});
export type AuditEntryWithProof = z.infer<typeof auditEntryWithProof>;

export const getAuditEntry = operation({
  id: 'admin.audit.get',
  method: 'GET',
  path: '/api/admin/audit/:eventId',
  who: 'admin',
  scope: 'admin',
  summary: 'One entry: what is sealed in it, opened where the key still is, and the proof that it is in the log.',
  params: z.strictObject({ eventId }),
  /** `since`: the size of a checkpoint seen before, to be shown contained in the one of the proof. */
  query: z.strictObject({ since: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() }),
  output: auditEntryWithProof,
  errors: ['sign_in_required', 'not_allowed', 'not_found'],
});

export const exportAudit = operation({
  id: 'admin.audit.export',
  method: 'GET',
  path: '/api/admin/audit/export',
  who: 'admin',
  scope: 'admin',
  summary: 'The entries of a search, 10,000 at most: CSV, or JSON with each entry’s leaf and proof.',
  query: z.strictObject({ ...filter, format: z.enum(['csv', 'json']).default('csv') }),
  download: { types: ['text/csv', 'application/json'] },
  errors: ['sign_in_required', 'not_allowed'],
});

export const auditLogKey = z.object({ verifier: z.string(), addedAt: instant, retiredAt: instant.nullable() });

export const auditLogState = z.object({
  /** Null until the first entry. */
  origin: z.string().nullable(),
  log: z.int().nonnegative(),
  /** Entries under the last published checkpoint. */
  size: z.int().nonnegative(),
  /** Base64. */
  root: z.string().nullable(),
  checkpoint: z.string().nullable(),
  publishedAt: instant.nullable(),
  /** Acts that wait for their place in the log. */
  waiting: z.int().nonnegative(),
  keys: z.array(auditLogKey),
  /** Why the log takes no new entries; all else goes on, and acts wait. */
  refusal: z
    .object({
      reason: z.enum(['restored', 'changed', 'published_unknown', 'key_missing', 'witness_ahead', 'witness_forked']),
      publishedSize: z.int().nullable(),
      localSize: z.int(),
    })
    .nullable(),
  witness: z
    .object({ name: z.string(), size: z.int().nonnegative(), at: instant.nullable(), problem: z.string().nullable() })
    .nullable(),
});
export type AuditLogState = z.infer<typeof auditLogState>;

export const getAuditLog = operation({
  id: 'admin.audit.log',
  method: 'GET',
  path: '/api/admin/audit/log',
  who: 'admin',
  scope: 'admin',
  summary: 'How the log stands: size, last checkpoint, keys, what waits, and whether it refuses to go on.',
  output: auditLogState,
  errors: ['sign_in_required', 'not_allowed'],
});

export const addAuditKey = operation({
  id: 'admin.audit.addKey',
  method: 'POST',
  path: '/api/admin/audit/log/keys',
  who: 'admin',
  scope: 'admin',
  summary: 'A new signing key joins the one in force; both sign until the older one retires. At most two sign at once.',
  output: auditLogState,
  errors: ['sign_in_required', 'not_allowed', 'already_decided'],
  audit: 'LOG_KEYS_CHANGED',
});

export const retireAuditKey = operation({
  id: 'admin.audit.retireKey',
  method: 'POST',
  path: '/api/admin/audit/log/keys/retire',
  who: 'admin',
  scope: 'admin',
  summary: 'The older of two signing keys signs no more; what it signed stays valid.',
  output: auditLogState,
  errors: ['sign_in_required', 'not_allowed', 'already_decided'],
  audit: 'LOG_KEYS_CHANGED',
});

export const restartAuditLog = operation({
  id: 'admin.audit.restart',
  method: 'POST',
  path: '/api/admin/audit/log/restart',
  who: 'admin',
  scope: 'admin',
  summary: 'Begin a new log under a new name and key, after a restore that lost published entries.',
  body: z.strictObject({ reason: text(10, 2000) }),
  output: auditLogState,
  errors: ['sign_in_required', 'not_allowed', 'already_decided'],
  audit: 'LOG_STARTED',
});

export const getReceipt = operation({
  id: 'receipts.get',
  method: 'GET',
  path: '/api/v1/receipts/:eventId',
  who: 'signed-in',
  scope: 'read',
  summary:
    'Proof (C2SP tlog-proof, with the entry in it) that a decision is in the audit log; for the person it concerns and for admins.',
  openToBanned: true,
  params: z.strictObject({ eventId }),
  download: { types: ['text/plain'] },
  errors: ['sign_in_required', 'not_found'],
});
