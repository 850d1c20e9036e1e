/** What one commit holds: the messages, their audit entries, and what follows from those that are not published. */
import { codePoints, type MessageId } from '@virgil/contract';
import { type AuditEntry, recordAudit, type Tx } from '../../db/index.ts';
import { isAdverse, type ModeratedText, recordModerated } from '../moderation/index.ts';
import type { NewMessage } from './new-message.ts';
import type { SentMessage } from './room.ts';
import { findSent, insertMessages } from './store.ts';

/** What each message became, by its new id. A message sent before under the same client id became that one. */
export async function storeBatch(tx: Tx, messages: readonly NewMessage[]): Promise<ReadonlyMap<string, SentMessage>> {
  const stored = await insertMessages(tx, messages);
  const became = new Map<string, SentMessage>();
  for (const message of messages) {
    became.set(message.id, stored.has(message.id) ? message : await earlierAttempt(tx, message));
  }
  const fresh = messages.filter((message) => stored.has(message.id));
  const receipts = await recordAudit(tx, fresh.map(auditEntry));
  const moderated = fresh.flatMap((message, index) => moderatedText(message, receipts[index]));
  if (moderated.length > 0) await recordModerated(tx, ...moderated);
  return became;
}

async function earlierAttempt(tx: Tx, message: NewMessage): Promise<SentMessage> {
  const { stream, author, clientId } = message;
  const earlier = clientId === null ? null : await findSent(tx, stream.streamId, author.userId, clientId);
  // Then it was the place that was taken: someone else writes into this room. Better nothing than two of one place.
  if (!earlier) throw new Error(`place ${message.seq} of ${stream.streamId} is taken`);
  const status = earlier.status === 'held' || earlier.status === 'blocked' ? earlier.status : 'published';
  return { id: earlier.id as MessageId, status };
}

function auditEntry(message: NewMessage): AuditEntry {
  return {
    type: 'LIVESTREAM_CHAT_MESSAGE',
    entity: 'message',
    entityId: message.id,
    actorId: message.author.userId,
    at: message.createdAt,
    details: {
      streamId: message.stream.streamId,
      messageLength: codePoints(message.text),
      ...(message.status === 'published' ? {} : { status: message.status, category: message.judgement.score.category }),
    },
  };
}

function moderatedText(message: NewMessage, receipt: string | undefined): ModeratedText[] {
  const { author, createdAt: at, id, judgement, stream, text } = message;
  if (!isAdverse(judgement)) return [];
  const { channelId, streamId, title } = stream;
  return [
    {
      source: { type: 'live', contentId: id, streamId, channelId, videoId: null, createdAt: at },
      author: author.userId,
      text,
      judgement,
      letter: {
        kind: 'message',
        subject: `Your message in the livestream “${title}”`,
        data: { messageId: id, streamId, streamTitle: title },
      },
      receipt,
      at,
    },
  ];
}
