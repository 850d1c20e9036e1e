/** Items of the review queue with what they are about, written behind the features' backs. */
import type { Category, desk } from '@virgil/contract';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../src/actor.ts';
import type { TestDatabase } from './database.ts';

export interface ItemFields {
  readonly author: Person;
  readonly channel?: Person | null;
  readonly streamId?: string | null;
  readonly assignedTo?: Person;
  readonly category?: Category;
  readonly score?: number;
  readonly text?: string;
  readonly source?: desk.ReviewSource;
  readonly byPeople?: boolean;
  readonly at?: Date;
}

/** A held text: its line of chat where it stands in a stream, the violation, and the item that waits. */
export async function makeReviewItem(db: TestDatabase, fields: ItemFields): Promise<desk.ReviewItemId> {
  const { assignedTo, author, byPeople = false, category = 'harassment', channel = null, score = 0.72 } = fields;
  const { at = new Date(), source = 'live', streamId = null, text = 'a held line' } = fields;
  const [id, contentId, violationId] = [uuidv7(), uuidv7(), uuidv7()];
  if (source === 'live' && streamId !== null && channel !== null) {
    await makeLine(db, { id: contentId, streamId, channel, author, text, status: 'held', score, at });
  }
  await db.sql(
    `insert into user_violations (id, user_id, source, source_type, content_id, stream_id, channel_id, content,
       normalised_text, risk_score, category, breakdown, classifier, classifier_version, rule, hold_at, block_at, action, created_at)
     values ($1, $2, 'auto', $3, $4, $5, $6, $7, lower($7), $8, $9, $10, 'rules', '3', 'insult', 0.55, 0.8, 'held', $11)`,
    [
      violationId,
      author.userId,
      source,
      contentId,
      streamId,
      channel?.userId ?? null,
      text,
      score,
      category,
      JSON.stringify({ [category]: score, spam: 0.1 }),
      at,
    ],
  );
  await db.sql(
    `insert into moderator_review_queue (id, violation_id, user_id, reported_by_ai, source_type, content_id,
       content_preview, content_created_at, risk_score, category, heads_queue, channel_id, stream_id,
       assigned_moderator_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $8, $8)`,
    [
      id,
      violationId,
      author.userId,
      !byPeople,
      source,
      contentId,
      text,
      at,
      score,
      category,
      category === 'minors',
      channel?.userId ?? null,
      streamId,
      assignedTo?.userId ?? null,
    ],
  );
  return id as desk.ReviewItemId;
}

export interface LineFields {
  readonly id?: string;
  readonly streamId: string;
  readonly channel: Person;
  readonly author: Person;
  readonly text: string;
  readonly status?: 'published' | 'held' | 'removed';
  readonly score?: number;
  readonly category?: Category;
  readonly at?: Date;
}

export async function makeLine(db: TestDatabase, line: LineFields): Promise<string> {
  const id = line.id ?? uuidv7();
  await db.sql(
    `insert into stream_messages (id, stream_id, channel_id, user_id, display_name, message, dante_realm, seq, status,
       risk_score, category, scored_by, created_at)
     values ($1, $2, $3, $4, $4, $5, 'purgatorio', (select coalesce(max(abs(seq)), 0) + 1000 from stream_messages where stream_id = $2), $6, $7, $8, 'rules', $9)`,
    [
      id,
      line.streamId,
      line.channel.userId,
      line.author.userId,
      line.text,
      line.status ?? 'published',
      line.score ?? 0.01,
      line.category ?? null,
      line.at ?? new Date(),
    ],
  );
  return id;
}

export async function makeModerator(db: TestDatabase, channel: Person, person: Person): Promise<void> {
  await db.sql(`insert into channel_members (channel_id, user_id, role, since) values ($1, $2, 'moderator', now())`, [
    channel.userId,
    person.userId,
  ]);
}
