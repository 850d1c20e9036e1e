/** Comments under recordings. */
import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, real, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { adminReads, channelsIModerate, everybodyReads, me, STAFF, systemDoesAll, USER } from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { videos } from './livestreams.ts';
import { profiles } from './profiles.ts';

export const videoComments = pgTable(
  'video_comments',
  {
    /** UUIDv7: order of arrival. */
    id: id().primaryKey(),
    videoId: id('video_id')
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    /** Copied from the recording, whose it stays. */
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** What the author was on the channel when writing. */
    badges: text('badges').array().notNull().default(sql`'{}'`),
    message: text('message').notNull(),
    /** `removed`: by a decision of the platform; `cleared`: by the channel's people; `deleted`: by its author. */
    status: text('status', {
      enum: ['published', 'held', 'blocked', 'removed', 'rejected', 'cleared', 'deleted'],
    }).notNull(),
    riskScore: real('risk_score').notNull().default(0),
    category: text('category'),
    scoredBy: text('scored_by').notNull(),
    /** What the author's client called it: a re-send finds the first. */
    clientId: text('client_id'),
    createdAt: instant('created_at').notNull(),
    approvedAt: instant('approved_at'),
    goneAt: instant('gone_at'),
    /** Never shown to its author. */
    goneBy: id('gone_by').references(() => profiles.id, { onDelete: 'set null' }),
  },
  (table) => [
    index('video_comments_newest').on(table.videoId, table.id.desc()),
    index('video_comments_author').on(table.userId, table.createdAt.desc()),
    uniqueIndex('video_comments_once').on(table.videoId, table.userId, table.clientId),
    index('video_comments_gone').on(table.goneAt).where(sql`gone_at is not null`),
    check(
      'video_comments_status',
      sql`status in ('published', 'held', 'blocked', 'removed', 'rejected', 'cleared', 'deleted')`,
    ),
    check('video_comments_score', sql`risk_score between 0 and 1`),
    check('video_comments_gone', sql`(status in ('cleared', 'deleted')) = (gone_at is not null)`),
    // Whoever may see the recording: the rows of videos are the reader's own view of them.
    everybodyReads(
      sql`status = 'published' and exists (select from videos as v where v.id = video_id and v.comments_open)`,
    ),
    pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me} and status <> 'deleted'` }),
    pgPolicy('moderator_read', {
      for: 'select',
      to: USER,
      using: sql`status <> 'deleted' and channel_id in ${channelsIModerate}`,
    }),
    pgPolicy('review_read', {
      for: 'select',
      to: STAFF,
      using: sql`exists (select from moderator_review_queue as q where q.source_type = 'comment' and q.content_id = video_comments.id)`,
    }),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();
