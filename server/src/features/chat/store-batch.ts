/** What one commit holds: the messages, their audit entries, and for those not published a notice and an event. */
import { codePoints, type MessageId } from '@virgil/contract';
import { type AuditEntry, announce, recordAudit, type Tx } from '../../db/index.ts';
import { notify } from '../notifications/index.ts';
import { issueStatement } from '../statements/index.ts';
import type { ChatEvent } from './events.ts';
import type { NewMessage } from './new-message.ts';
import { noticeOfHeld, statementOfBlocked } from './notices.ts';
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
  for (const [index, message] of fresh.entries()) {
    const { category } = message.score;
    if (message.status === 'published' || category === null) continue;
    if (message.status === 'held') await notify(tx, noticeOfHeld(message, category));
    else await issueStatement(tx, statementOfBlocked(message, category, receipts[index]));
    await announce(tx, judgedEvent(message));
  }
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
      ...(message.status === 'published' ? {} : { status: message.status, category: message.score.category }),
    },
  };
}

function judgedEvent(message: NewMessage): ChatEvent {
  const { score, stream } = message;
  return {
    type: message.status === 'blocked' ? 'chat.messageBlocked' : 'chat.messageHeld',
    key: stream.streamId,
    at: message.createdAt.toISOString(),
    messageId: message.id,
    streamId: stream.streamId,
    channelId: stream.channelId,
    userId: message.author.userId,
    score: score.score,
    // A text without a category is published, whatever it scored.
    category: score.category ?? 'toxicity',
    scoredBy: score.by,
    reason: score.reason,
  };
}
