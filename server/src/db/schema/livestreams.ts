/** Broadcasts, what was counted while they ran, and who was there. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import {
  ADMIN,
  adminReads,
  channelsIModerate,
  channelsIPatronise,
  everybodyReads,
  me,
  STAFF,
  systemDoesAll,
  USER,
} from './access.ts';
import { channels } from './channels.ts';
import { id, instant } from './columns.ts';
import { profiles } from './profiles.ts';

/** Stored with its version; readers accept every version there has been. */
export interface StoredChatModes {
  readonly version: 1;
  readonly slowSeconds: number | null;
  readonly followersMinutes: number | null;
  readonly patronsOnly: boolean;
  readonly emoteOnly: boolean;
  readonly uniqueChat: boolean;
  readonly shield: boolean;
}

export const NO_CHAT_MODES: StoredChatModes = {
  version: 1,
  slowSeconds: null,
  followersMinutes: null,
  patronsOnly: false,
  emoteOnly: false,
  uniqueChat: false,
  shield: false,
};

export const livestreams = pgTable(
  'livestreams',
  {
    id: id().primaryKey(),
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    title: text('title').notNull(),
    description: text('description').notNull().default(''),
    category: text('category').notNull().default(''),
    danteRealm: text('dante_realm', { enum: ['inferno', 'purgatorio', 'paradiso'] })
      .notNull()
      .default('purgatorio'),
    patronOnly: boolean('patron_only').notNull().default(false),
    record: boolean('record').notNull().default(true),
    isActive: boolean('is_active').notNull().default(true),
    mediaState: text('media_state', { enum: ['waiting', 'live', 'interrupted', 'ended'] })
      .notNull()
      .default('waiting'),
    viewers: integer('viewers').notNull().default(0),
    peakViewers: integer('peak_viewers').notNull().default(0),
    /** Media received, gaps over 10 s left out. */
    mediaMs: bigint('media_ms', { mode: 'number' }).notNull().default(0),
    lastMediaAt: instant('last_media_at'),
    chatModes: jsonb('chat_modes').$type<StoredChatModes>().notNull().default(NO_CHAT_MODES),
    startedAt: instant('started_at').notNull(),
    endedAt: instant('ended_at'),
    /** Why it ended: the creator, no media for too long, a moderator. */
    endReason: text('end_reason'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('livestreams_one_active').on(table.channelId).where(sql`is_active`),
    index('livestreams_most_watched').on(table.viewers.desc(), table.id.desc()).where(sql`is_active`),
    index('livestreams_by_channel').on(table.channelId, table.startedAt.desc(), table.id.desc()),
    check('livestreams_realm', sql`dante_realm in ('inferno', 'purgatorio', 'paradiso')`),
    check('livestreams_media_state', sql`media_state in ('waiting', 'live', 'interrupted', 'ended')`),
    check('livestreams_ended', sql`is_active = (ended_at is null)`),
    check('livestreams_counts', sql`viewers >= 0 and peak_viewers >= 0 and media_ms >= 0`),
    everybodyReads(),
    pgPolicy('owner_insert', { for: 'insert', to: USER, withCheck: sql`channel_id = ${me}` }),
    pgPolicy('owner_update', {
      for: 'update',
      to: USER,
      using: sql`channel_id = ${me}`,
      withCheck: sql`channel_id = ${me}`,
    }),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();

/** Reactions are not kept one by one. */
export const streamReactions = pgTable(
  'stream_reactions',
  {
    streamId: id('stream_id')
      .notNull()
      .references(() => livestreams.id, { onDelete: 'cascade' }),
    type: text('type', { enum: ['heart', 'fire', 'clap', 'mind-blown', 'laughing'] }).notNull(),
    count: bigint('count', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.streamId, table.type] }),
    check('stream_reactions_type', sql`type in ('heart', 'fire', 'clap', 'mind-blown', 'laughing')`),
    check('stream_reactions_count', sql`count >= 0`),
    everybodyReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** One row a viewer and visit; a rejoin within 60 s continues it. */
export const streamVisits = pgTable(
  'stream_visits',
  {
    id: id().primaryKey(),
    streamId: id('stream_id')
      .notNull()
      .references(() => livestreams.id, { onDelete: 'cascade' }),
    /** A profile id, or a guest session's id prefixed `guest:`. */
    viewer: text('viewer').notNull(),
    userId: id('user_id').references(() => profiles.id, { onDelete: 'set null' }),
    joinedAt: instant('joined_at').notNull(),
    leftAt: instant('left_at'),
  },
  (table) => [
    index('stream_visits_viewer').on(table.streamId, table.viewer, table.joinedAt.desc()),
    index('stream_visits_user').on(table.userId),
    adminReads(),
    systemDoesAll(),
  ],
).enableRLS();

/** What stays of a stream. */
export const videos = pgTable(
  'videos',
  {
    id: id().primaryKey(),
    channelId: id('channel_id')
      .notNull()
      .references(() => channels.id, { onDelete: 'cascade' }),
    streamId: id('stream_id').references(() => livestreams.id, { onDelete: 'set null' }),
    title: text('title').notNull(),
    danteRealm: text('dante_realm', { enum: ['inferno', 'purgatorio', 'paradiso'] })
      .notNull()
      .default('purgatorio'),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** Anyone may see it; a patron-only recording has false here and true below. */
    isPublic: boolean('is_public').notNull(),
    patronOnly: boolean('patron_only').notNull().default(false),
    /** Null, or what a decision made of it; `withheld` hides the file from its owner too. */
    removal: text('removal', { enum: ['removed', 'withheld'] }),
    /** Its creator takes comments under it. */
    commentsOpen: boolean('comments_open').notNull().default(true),
    fileKey: text('file_key').notNull(),
    thumbnailKey: text('thumbnail_key'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('videos_stream').on(table.streamId),
    index('videos_newest').on(table.createdAt.desc(), table.id.desc()),
    index('videos_by_channel').on(table.channelId, table.createdAt.desc(), table.id.desc()),
    check('videos_realm', sql`dante_realm in ('inferno', 'purgatorio', 'paradiso')`),
    check('videos_not_both', sql`not (is_public and patron_only)`),
    check('videos_removal', sql`removal in ('removed', 'withheld')`),
    check('videos_removed_not_public', sql`removal is null or not is_public`),
    everybodyReads(sql`is_public`),
    pgPolicy('patron_read', {
      for: 'select',
      to: USER,
      using: sql`removal is null and ((patron_only and channel_id in ${channelsIPatronise}) or channel_id in ${channelsIModerate})`,
    }),
    pgPolicy('owner_read', { for: 'select', to: USER, using: sql`channel_id = ${me}` }),
    pgPolicy('staff_read', {
      for: 'select',
      to: STAFF,
      using: sql`removal is null and patron_only and ${me} is not null`,
    }),
    pgPolicy('owner_update', {
      for: 'update',
      to: USER,
      using: sql`channel_id = ${me}`,
      withCheck: sql`channel_id = ${me}`,
    }),
    adminReads(),
    pgPolicy('admin_update', { for: 'update', to: ADMIN, using: sql`true`, withCheck: sql`true` }),
    systemDoesAll(),
  ],
).enableRLS();
