/**
 * An SFU worker process: rooms on one UDP port. Forked by the supervisor with its network as JSON; a crash of the
 * native library ends this process and nothing else.
 */
import { createSocket } from 'node:dgram';
import type { StreamId } from '@virgil/contract';
import { cleanup, initLogger, preload } from 'node-datachannel';
import { z } from 'zod';
import { MediaRefusal } from '../../engine.ts';
import { readOffer } from '../../sdp.ts';
import { serveParent, tellParent } from '../media-child-main.ts';
import { type WorkerEvent, type WorkerRequest, workerRequest } from '../worker-messages.ts';
import type { PeerNetwork } from './peer.ts';
import { PeerAddresses } from './peer-addresses.ts';
import { Room } from './room.ts';

const setup = z
  .object({ bindAddress: z.string().nullable(), udpPort: z.int(), announcedIp: z.string().nullable() })
  .parse(JSON.parse(process.argv[2] ?? ''));
let network: PeerNetwork = { ...setup, addresses: new PeerAddresses() };

const rooms = new Map<StreamId, Room>();
let troubles = 0;

function emit(event: WorkerEvent): void {
  tellParent({ kind: 'event', event });
}

/** Failures in callbacks of dying connections are common and harmless; a flood of them must not flood the log. */
function trouble(detail: string): void {
  troubles += 1;
  if (troubles <= 20) emit({ type: 'trouble', detail });
}

function roomOf(streamId: StreamId, code: MediaRefusal['code']): Room {
  const room = rooms.get(streamId);
  if (room === undefined) throw new MediaRefusal(code, 'This stream is not open.');
  return room;
}

function open(streamId: StreamId, start: { receivedMs: number; muted: boolean }): void {
  if (rooms.has(streamId)) return;
  const room = new Room(streamId, start, network, {
    started: (source) => emit({ type: 'started', streamId, source }),
    interrupted: (reason) => emit({ type: 'interrupted', streamId, reason }),
    ended: (resourceId, identity, reason) => emit({ type: 'ended', streamId, resourceId, identity, reason }),
    failed: (error) => trouble(error instanceof Error ? error.message : String(error)),
  });
  rooms.set(streamId, room);
}

async function handle(request: WorkerRequest): Promise<unknown> {
  switch (request.type) {
    case 'open':
      open(request.streamId, request);
      return null;
    case 'close': {
      const room = rooms.get(request.streamId);
      rooms.delete(request.streamId);
      room?.close();
      return { receivedMs: room?.state.receivedMs ?? 0 };
    }
    case 'publish': {
      const room = roomOf(request.streamId, 'stream_not_started');
      return room.publish(request.resourceId, readOffer(request.offer, 'publisher'));
    }
    case 'publish-feed':
      return roomOf(request.streamId, 'stream_not_started').publishFeed(request.resourceId);
    case 'watch': {
      const room = roomOf(request.streamId, 'stream_not_started');
      return room.watch(request.resourceId, request.identity, readOffer(request.offer, 'viewer'));
    }
    case 'remove':
      return rooms.get(request.streamId)?.remove(request.resourceId) ?? false;
    case 'unpublish':
      rooms.get(request.streamId)?.unpublish();
      return null;
    case 'revoke':
      for (const room of rooms.values()) {
        if (request.streamId === null || room.streamId === request.streamId) room.revoke(request.identity);
      }
      return null;
    case 'mute':
      roomOf(request.streamId, 'not_found').setMuted(request.muted);
      return null;
    case 'tap':
      await roomOf(request.streamId, 'not_found').tap(request.address);
      return null;
    case 'stats':
      return roomOf(request.streamId, 'not_found').state;
  }
}

/** The native library would find a taken port only at the first offer, and say little. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(
      { port: network.udpPort, ...(network.bindAddress === null ? {} : { address: network.bindAddress }) },
      resolve,
    );
  });
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

initLogger('Error', (_, message) => trouble(message));
preload();
serveParent(workerRequest, handle);
setInterval(() => {
  for (const room of rooms.values()) {
    const { receivedMs } = room.state;
    if (receivedMs > 0) emit({ type: 'received', streamId: room.streamId, receivedMs });
  }
}, 1_000);
process.on('exit', () => cleanup());

try {
  const udpPort = await freePort();
  network = { ...network, udpPort };
  tellParent({ kind: 'ready', value: { udpPort } });
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  tellParent({ kind: 'unable', message: `UDP port ${network.udpPort} for media cannot be used: ${reason}` });
}
