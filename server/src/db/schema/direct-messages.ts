/** Messages between two people: the texts, each side's list of conversations, and what is unread. */
import { sql } from 'drizzle-orm';
import { check, index, pgPolicy, pgTable, primaryKey, real, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { ADMIN, me, STAFF, systemDoesAll, USER } from './access.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

const ownRead = () => pgPolicy('own_read', { for: 'select', to: USER, using: sql`user_id = ${me}` });

export const directMessages = pgTable(
  'direct_messages',
  {
    /** UUIDv7: order of arrival. */
    id: id().primaryKey(),
    /** Both ids in order: one value for both directions. */
    pair: text('pair').notNull(),
    fromUserId: id('from_user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    toUserId: id('to_user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    message: text('message').notNull(),
    status: text('status', { enum: ['published', 'held', 'blocked', 'removed', 'rejected'] }).notNull(),
    riskScore: real('risk_score').notNull().default(0),
    category: text('category'),
    scoredBy: text('scored_by').notNull(),
    clientId: text('client_id'),
    createdAt: instant('created_at').notNull(),
    approvedAt: instant('approved_at'),
    /** Neither learns of the other's. */
    senderDeletedAt: instant('sender_deleted_at'),
    recipientDeletedAt: instant('recipient_deleted_at'),
  },
  (table) => [
    index('direct_messages_pair').on(table.pair, table.id.desc()),
    index('direct_messages_from').on(table.fromUserId, table.id.desc()),
    index('direct_messages_to').on(table.toUserId, table.id.desc()),
    uniqueIndex('direct_messages_once').on(table.fromUserId, table.toUserId, table.clientId),
    check('direct_messages_status', sql`status in ('published', 'held', 'blocked', 'removed', 'rejected')`),
    check('direct_messages_score', sql`risk_score between 0 and 1`),
    check('direct_messages_not_self', sql`from_user_id <> to_user_id`),
    pgPolicy('sender_read', {
      for: 'select',
      to: USER,
      using: sql`from_user_id = ${me} and sender_deleted_at is null`,
    }),
    pgPolicy('recipient_read', {
      for: 'select',
      to: USER,
      using: sql`to_user_id = ${me} and status = 'published' and recipient_deleted_at is null`,
    }),
    // Nobody else reads a message, but through a review item that is theirs, or a report.
    pgPolicy('review_read', {
      for: 'select',
      to: STAFF,
      using: sql`exists (select from moderator_review_queue as q
        where q.source_type = 'inboxMessage' and q.content_id = direct_messages.id and q.user_id <> ${me})`,
    }),
    pgPolicy('reported_read', {
      for: 'select',
      to: ADMIN,
      using: sql`exists (select from reports as r where r.subject_type = 'direct_message' and r.subject_id = direct_messages.id)`,
    }),
    systemDoesAll(),
  ],
).enableRLS();

/** One side of a conversation. */
export const conversations = pgTable(
  'conversations',
  {
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    otherId: id('other_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    /** The last time something was written or arrived here. */
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.otherId] }),
    index('conversations_latest').on(table.userId, table.at.desc(), table.otherId.desc()),
    ownRead(),
    systemDoesAll(),
  ],
).enableRLS();

/** Beside the messages, because whoever wrote one must not learn that it was read. */
export const unreadMessages = pgTable(
  'unread_messages',
  {
    userId: id('user_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    messageId: id('message_id')
      .notNull()
      .references(() => directMessages.id, { onDelete: 'cascade' }),
    otherId: id('other_id')
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.messageId] }),
    index('unread_messages_of').on(table.userId, table.otherId),
    index('unread_messages_message').on(table.messageId),
    ownRead(),
    systemDoesAll(),
  ],
).enableRLS();
