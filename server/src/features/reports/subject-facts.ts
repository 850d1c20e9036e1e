/** What a decision needs to know about the thing that was reported, beyond what its reporter could see. */
import type { ReportSubject, UserId } from '@virgil/contract';
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/database.ts';
import { directMessages, livestreams, profiles, videoComments, videos } from '../../db/schema/index.ts';
import { findWords } from './words-store.ts';

export interface SubjectFacts {
  readonly ownerId: UserId;
  readonly title: string;
  readonly at: Date;
  /** A running livestream. */
  readonly isActive: boolean;
  /** There is, or there will be, a recording of it. */
  readonly isRecorded: boolean;
  /** The stream and what came of it share one. */
  readonly lineageKey: string | null;
}

/** Only these columns are anybody's to read who is not the system. */
const ofMessage = {
  ownerId: directMessages.fromUserId,
  title: directMessages.message,
  at: directMessages.createdAt,
};

/** Null when it is gone. */
export async function factsOfSubject(tx: Tx, { id, type }: ReportSubject): Promise<SubjectFacts | null> {
  const still = { isActive: false, isRecorded: false, lineageKey: null };
  switch (type) {
    case 'livestream': {
      const [row] = await tx.select().from(livestreams).where(eq(livestreams.id, id));
      if (row === undefined) return null;
      const { channelId, isActive, record, startedAt, title } = row;
      const lineageKey = `stream:${id}`;
      return { ownerId: channelId as string as UserId, title, at: startedAt, isActive, isRecorded: record, lineageKey };
    }
    case 'video': {
      const [row] = await tx.select().from(videos).where(eq(videos.id, id));
      if (row === undefined) return null;
      const { channelId, createdAt, streamId, title } = row;
      const lineageKey = streamId === null ? `video:${id}` : `stream:${streamId}`;
      return { ...still, ownerId: channelId as string as UserId, title, at: createdAt, isRecorded: true, lineageKey };
    }
    case 'message': {
      const row = await findWords(tx, id);
      return row === null ? null : { ...still, ownerId: row.userId as UserId, title: row.message, at: row.createdAt };
    }
    case 'user': {
      const [row] = await tx.select().from(profiles).where(eq(profiles.id, id));
      return row === undefined
        ? null
        : { ...still, ownerId: row.id as UserId, title: row.displayName, at: row.createdAt };
    }
    case 'comment': {
      const [row] = await tx.select().from(videoComments).where(eq(videoComments.id, id));
      return row === undefined
        ? null
        : { ...still, ownerId: row.userId as UserId, title: row.message, at: row.createdAt };
    }
    case 'direct_message': {
      const [row] = await tx.select(ofMessage).from(directMessages).where(eq(directMessages.id, id));
      return row === undefined ? null : { ...still, ...row, ownerId: row.ownerId as UserId };
    }
  }
}
