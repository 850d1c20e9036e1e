/** Whose content a report is about, provided the reporter can see it. */
import type { ReportSubject, StreamId, UserId, VideoId } from '@virgil/contract';
import { and, eq, inArray } from 'drizzle-orm';
import type { Person } from '../../actor.ts';
import type { Tx } from '../../db/database.ts';
import { directMessages, profiles, streamMessages, videoComments } from '../../db/schema/index.ts';
import { AppError } from '../../errors.ts';
import { enforce } from '../channels/index.ts';
import { enterStream } from '../livestreams/index.ts';
import { findTipWords } from '../tips/index.ts';
import { findVideoFacts, maySee, standingOnVideo } from '../videos/index.ts';
import type { ReportDeps } from './deps.ts';

/** Null when there is no such thing, or the reporter may not know of it. Throws `patron_required` and `banned`. */
export async function ownerOfSubject(
  deps: ReportDeps,
  reporter: Person,
  subject: ReportSubject,
): Promise<string | null> {
  const { clock, database } = deps;
  const asReporter = <T>(work: (tx: Tx) => Promise<T>) => database.asActor(reporter, work);
  switch (subject.type) {
    case 'livestream':
      return asReporter((tx) => enteredChannel(tx, subject.id, reporter, clock.now()));
    case 'video': {
      const row = await findVideoFacts(deps, subject.id as VideoId);
      if (row === null) return null;
      enforce(maySee(row.video, await standingOnVideo(deps, reporter, row)));
      return row.video.channelId;
    }
    case 'message':
      return authorOfWords(deps, subject.id, reporter);
    case 'user':
      return asReporter(async (tx) => {
        const [row] = await tx.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, subject.id));
        return row?.id ?? null;
      });
    case 'comment':
      return authorOfComment(deps, subject.id, reporter);
    case 'direct_message':
      return asReporter((tx) => senderOfMessage(tx, subject.id, reporter.userId));
  }
}

async function enteredChannel(tx: Tx, id: string, reporter: Person, at: Date): Promise<string> {
  return (await enterStream(tx, id as StreamId, reporter, at)).stream.channelId;
}

/** What is held is reported by those who look after the channel; where comments are turned off nobody sees any. */
async function authorOfComment(deps: ReportDeps, id: string, reporter: Person): Promise<string | null> {
  const comment = await deps.database.asActor(reporter, async (tx) => {
    const [row] = await tx
      .select({ userId: videoComments.userId, videoId: videoComments.videoId })
      .from(videoComments)
      .where(and(eq(videoComments.id, id), inArray(videoComments.status, ['published', 'held'])));
    return row ?? null;
  });
  const video = comment === null ? null : await findVideoFacts(deps, comment.videoId as VideoId);
  if (comment === null || !video?.video.commentsOpen) return null;
  return maySee(video.video, await standingOnVideo(deps, reporter, video)).allowed ? comment.userId : null;
}

/** Between the two it is between, and nobody else: staff who read one were shown it for a decision already. */
async function senderOfMessage(tx: Tx, id: string, reporterId: UserId): Promise<string | null> {
  const [row] = await tx
    .select({ from: directMessages.fromUserId, to: directMessages.toUserId })
    .from(directMessages)
    .where(eq(directMessages.id, id));
  return row !== undefined && (row.to === reporterId || row.from === reporterId) ? row.from : null;
}

interface Words {
  readonly userId: string;
  readonly streamId: string;
}

async function authorOfWords(deps: ReportDeps, id: string, reporter: Person): Promise<string | null> {
  const { clock, database } = deps;
  const words = (await database.asActor(reporter, (tx) => findLine(tx, id))) ?? (await findShownTip(deps, id));
  if (words === null) return null;
  try {
    await database.asActor(reporter, (tx) => enterStream(tx, words.streamId as StreamId, reporter, clock.now()));
  } catch (error) {
    // Where the stream is closed to them, so are its lines, and nothing is said of them.
    if (error instanceof AppError) return null;
    throw error;
  }
  return words.userId;
}

/** Row security shows a reporter what they may read: published lines, their own, and all of a channel they moderate. */
async function findLine(tx: Tx, id: string): Promise<Words | null> {
  const [row] = await tx
    .select({ userId: streamMessages.userId, streamId: streamMessages.streamId })
    .from(streamMessages)
    .where(eq(streamMessages.id, id));
  return row ?? null;
}

/** Row security keeps a tip between giver and creator; its words are everybody's to read while they are published. */
async function findShownTip({ database }: ReportDeps, id: string): Promise<Words | null> {
  const words = await database.asSystem('the words of a tip that somebody reports', (tx) => findTipWords(tx, id));
  return words?.status === 'published' ? words : null;
}
