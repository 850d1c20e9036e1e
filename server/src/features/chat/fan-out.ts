/** Who hears of a stored message: the room of a published one; author and moderators of a held one. */
import { type ChatMessage, chat } from '@virgil/contract';
import type { Realtime } from '../../realtime/index.ts';
import type { NewMessage } from './new-message.ts';

export function fanOutMessage(realtime: Realtime, message: NewMessage): void {
  const { room, author } = message;
  if (message.status === 'blocked') return;
  const line = toLine(message, message.status);
  // What the author's client called it concerns nobody else.
  const ownLine = message.clientId === null ? line : { ...line, clientId: message.clientId };
  const { streamId, channelId } = message.stream;
  if (message.status === 'published') {
    room.publish(line);
    realtime.toStream(streamId, chat.chatMessageSent, line, { exceptUser: author.userId });
  } else {
    room.hold(line);
    realtime.toModerators(channelId, chat.chatMessageSent, line, { exceptUser: author.userId });
  }
  realtime.toUser(author.userId, chat.chatMessageSent, ownLine, { inStream: streamId });
}

function toLine(message: NewMessage, status: ChatMessage['status']): ChatMessage {
  return {
    id: message.id,
    seq: message.seq,
    streamId: message.stream.streamId,
    userId: message.author.userId,
    displayName: message.author.displayName,
    message: message.text,
    danteRealm: message.stream.danteRealm,
    badges: [...message.badges],
    createdAt: message.createdAt.toISOString(),
    status,
  };
}
