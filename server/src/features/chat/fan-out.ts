/** Who hears of a stored message: the room of a published one; author and moderators of a held one. */
import { type ChatMessage, chat } from '@virgil/contract';
import type { Realtime } from '../../realtime/index.ts';
import type { NewMessage } from './new-message.ts';
import type { Room } from './room.ts';

export function fanOutMessage(realtime: Realtime, message: NewMessage): void {
  if (message.status === 'blocked') return;
  spreadLine(realtime, message.room, toLine(message, message.status), message.clientId);
}

/** What the author's client called the line concerns nobody else. */
/** A line that was released, or put back: to everybody, also to whoever knew it as held. */
export function spreadAgain(realtime: Realtime, room: Room, line: ChatMessage): void {
  const shown = room.shows(line.id);
  if (shown?.seq === line.seq && shown.status === line.status) return;
  room.putBack(line);
  realtime.toStream(room.streamId, chat.chatMessageSent, line);
}

export function spreadLine(realtime: Realtime, room: Room, line: ChatMessage, clientId: string | null): void {
  const { streamId, channelId } = room.stream;
  if (line.status === 'published') {
    room.publish(line);
    realtime.toStream(streamId, chat.chatMessageSent, line, { exceptUser: line.userId });
  } else {
    room.hold(line);
    realtime.toModerators(channelId, chat.chatMessageSent, line, { exceptUser: line.userId });
  }
  const ownLine = clientId === null ? line : { ...line, clientId };
  realtime.toUser(line.userId, chat.chatMessageSent, ownLine, { inStream: streamId });
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
