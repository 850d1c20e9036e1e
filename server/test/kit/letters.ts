/** A comment and a direct message, as they are written. */
import { v7 as uuidv7 } from 'uuid';
import type { TestDatabase } from './database.ts';

export interface LetterIds {
  readonly commentId: string;
  readonly messageId: string;
}

interface Between {
  readonly videoId: string;
  readonly channelId: string;
  readonly fromId: string;
  readonly toId: string;
}

export async function makeLetters(
  db: Pick<TestDatabase, 'sql'>,
  { channelId, fromId, toId, videoId }: Between,
): Promise<LetterIds> {
  const ids = { commentId: uuidv7(), messageId: uuidv7() };
  await db.sql(
    `insert into video_comments (id, video_id, channel_id, user_id, message, status, scored_by, created_at)
     values ($1, $2, $3, $4, 'A comment', 'published', 'rules', now())`,
    [ids.commentId, videoId, channelId, fromId],
  );
  await db.sql(
    `insert into direct_messages (id, pair, from_user_id, to_user_id, message, status, scored_by, created_at)
     values ($1, $2, $3, $4, 'A message', 'published', 'rules', now())`,
    [ids.messageId, [fromId, toId].sort().join(' '), fromId, toId],
  );
  return ids;
}
