/** People in a room: they join over Socket.IO like any browser, write now and then, and react. */
import { setTimeout as wait } from 'node:timers/promises';
import { chat, type Realm } from '@virgil/contract';
import type { Socket } from 'socket.io-client';
import { lines } from './cast.ts';
import type { DemoPerson } from './people.ts';

/** A newcomer finds a talk under way, not an empty room. */
const openingLines = 8;
const betweenLinesMs = { least: 3_000, most: 11_000 } as const;
const reactionChance = 0.6;

const between = ({ least, most }: { least: number; most: number }): number => least + Math.random() * (most - least);

export async function talk(
  people: readonly DemoPerson[],
  streamId: string,
  realm: Realm,
  signal: AbortSignal,
): Promise<void> {
  const sockets = people.map((person) => person.socket());
  signal.addEventListener('abort', () => {
    for (const socket of sockets) socket.disconnect();
  });
  await Promise.all(sockets.map((socket) => stayInRoom(socket, streamId)));
  const script = lines[realm];
  let at = Math.floor(Math.random() * script.length);
  let speaking = 0;
  for (let said = 0; !signal.aborted; said += 1) {
    // Neighbouring lines answer each other, so no two of them come from the same person.
    speaking = (speaking + 1 + Math.floor(Math.random() * (sockets.length - 1))) % sockets.length;
    const speaker = sockets[speaking];
    const message = script[at % script.length];
    at += 1;
    if (speaker?.connected) speaker.emit('chat-message', { streamId, message }, ignore);
    if (said >= openingLines && Math.random() < reactionChance) react(sockets, streamId);
    await wait(said < openingLines ? 350 : between(betweenLinesMs), undefined, { signal }).catch(ignore);
  }
}

/** After a lost connection Socket.IO comes back by itself; the room has to be entered again. */
function stayInRoom(socket: Socket, streamId: string): Promise<void> {
  return new Promise((resolve) => {
    socket.on('connect', () => {
      socket.emit('join-stream', { streamId }, () => resolve());
    });
  });
}

function react(sockets: readonly Socket[], streamId: string): void {
  const type = chat.REACTION_TYPES[Math.floor(Math.random() * chat.REACTION_TYPES.length)];
  for (const socket of sockets) {
    if (socket.connected && Math.random() < 0.4) socket.emit('reaction', { streamId, type }, ignore);
  }
}

/** What becomes of a single line matters to nobody here. */
function ignore(): void {}
