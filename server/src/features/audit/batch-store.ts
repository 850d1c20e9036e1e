/** SQL of one batch: out of the outbox, and into the log with everything that belongs to it, in one statement each. */
import { sql } from 'drizzle-orm';
import { completeRoot, type StoredTile, TILE_WIDTH, type TreeHead } from 'virgil-tlog';
import type { Tx } from '../../db/database.ts';
import type { Act } from './entry.ts';

/**
 * Whatever is there to be seen, oldest first. Numbers of the outbox may commit out of their order; a row that comes late
 * is seen by a later batch, because nothing here asks where the last one ended.
 */
export async function takeActs(tx: Tx, limit: number): Promise<Act[]> {
  const { rows } = await tx.execute<{
    id: string;
    event_id: string;
    type: string;
    entity: string;
    entity_id: string;
    actor_id: string | null;
    at: Date;
    version: number;
    details: Record<string, unknown>;
    personal: { userId: string; data: Record<string, unknown> }[];
  }>(sql`
    with taken as (
      delete from audit_outbox where id in (select id from audit_outbox order by id limit ${limit}) returning *
    )
    select * from taken order by id`);
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    entity: row.entity,
    entityId: row.entity_id,
    actorId: row.actor_id,
    at: new Date(row.at),
    version: row.version,
    details: row.details,
    personal: row.personal,
  }));
}

export interface NewEntry {
  readonly act: Act;
  readonly seq: number;
  readonly bytes: Buffer;
  readonly hash: Uint8Array;
  /** For the index; null for the one who is forgotten. */
  readonly actorId: string | null;
  readonly entityId: string | null;
  /** Part and person, of those who are not forgotten. */
  readonly people: readonly (readonly [part: number, userId: string])[];
}

/** Entries, index, tiles and the head of the tree they make: all of them, or nothing. */
export async function insertBatch(
  tx: Tx,
  log: number,
  batch: { entries: readonly NewEntry[]; tiles: readonly StoredTile[]; head: TreeHead; at: Date },
): Promise<void> {
  const { entries, head } = batch;
  const full = batch.tiles.filter(({ level, width }) => level !== 'entries' && width === TILE_WIDTH);
  const people = entries.flatMap(({ act, seq, people }) =>
    people.map(([part, userId]) => ({ seq, part, userId, eventId: act.eventId })),
  );
  const column = <T>(list: readonly T[]) => sql.param([...list]);
  const buffers = (list: readonly Uint8Array[]) => column(list.map((bytes) => Buffer.from(bytes)));
  await tx.execute(sql`
    with entries as (
      insert into audit_entries (log, seq, leaf, leaf_hash)
      select ${log}, * from unnest(
        ${column(entries.map(({ seq }) => seq))}::bigint[],
        ${buffers(entries.map(({ bytes }) => bytes))}::bytea[],
        ${buffers(entries.map(({ hash }) => hash))}::bytea[])
    ), index as (
      insert into audit_index (log, seq, event_id, type, entity, entity_id, actor_id, at)
      select ${log}, * from unnest(
        ${column(entries.map(({ seq }) => seq))}::bigint[],
        ${column(entries.map(({ act }) => act.eventId))}::text[],
        ${column(entries.map(({ act }) => act.type))}::text[],
        ${column(entries.map(({ act }) => act.entity))}::text[],
        ${column(entries.map(({ entityId }) => entityId))}::text[],
        ${column(entries.map(({ actorId }) => actorId))}::text[],
        ${column(entries.map(({ act }) => act.at.toISOString()))}::timestamptz[])
    ), people as (
      insert into audit_people (log, seq, part, user_id, event_id)
      select ${log}, * from unnest(
        ${column(people.map(({ seq }) => seq))}::bigint[],
        ${column(people.map(({ part }) => part))}::integer[],
        ${column(people.map(({ userId }) => userId))}::text[],
        ${column(people.map(({ eventId }) => eventId))}::text[])
    ), tiles as (
      insert into audit_tiles (log, level, n, hashes, root)
      select ${log}, * from unnest(
        ${column(full.map(({ level }) => Number(level)))}::integer[],
        ${column(full.map(({ index }) => index))}::bigint[],
        ${buffers(full.map(({ bytes }) => bytes))}::bytea[],
        ${buffers(full.map(({ bytes }) => completeRoot(bytes)))}::bytea[])
    )
    insert into audit_checkpoints (log, size, root, committed_at)
    values (${log}, ${head.size}, ${Buffer.from(head.root)}, ${batch.at.toISOString()})`);
}
