/** What media access asks about livestreams. */
import type { ChannelId, StreamId, UserId } from '@virgil/contract';
import { AppError } from '../../errors.ts';
import { readAs } from '../channels/index.ts';
import type { MediaGate } from '../media-access/index.ts';
import type { LivestreamDeps } from './deps.ts';
import { enter } from './enter-stream.ts';
import { findChannelOfKey, findStream, readRole } from './store.ts';

type StreamGate = Pick<MediaGate, 'stream' | 'mayWatchStream' | 'ensureRoom' | 'channelOfKey'> & {
  mayPersonWatchStream(userId: UserId, id: StreamId): Promise<boolean>;
};

export function streamGate(deps: LivestreamDeps): StreamGate {
  const { active, clock, database } = deps;

  const stream: StreamGate['stream'] = async (id) => {
    const running = active.get(id);
    if (running !== null) return { ...running, isActive: true };
    const row = await database.publicRead((db) => findStream(db, id));
    if (row === null) return null;
    const { isActive, patronOnly } = row.stream;
    return { id, channelId: row.stream.channelId as ChannelId, isActive, patronOnly };
  };

  const mayWatchStream: StreamGate['mayWatchStream'] = async (facts, actor) => {
    if (actor.kind === 'guest') return facts.patronOnly ? 'patron_required' : null;
    try {
      await readAs(database, actor, (tx) => enter(tx, facts, actor, clock.now()));
      return null;
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  };

  return {
    stream,
    mayWatchStream,
    async mayPersonWatchStream(userId, id) {
      const facts = await stream(id);
      const role = await database.asSystem('a media token is renewed', (tx) => readRole(tx, userId, clock.now()));
      if (facts === null || role === null) return false;
      return (await mayWatchStream(facts, { kind: 'person', userId, role })) === null;
    },
    async ensureRoom(id) {
      const running = active.get(id);
      if (running === null) throw new AppError('stream_ended');
      await active.open(running);
    },
    async channelOfKey(streamKey) {
      const channelId = await database.asSystem('whose stream key is this', (tx) => findChannelOfKey(tx, streamKey));
      if (channelId === null) return null;
      const running = active.all().find((each) => each.channelId === channelId);
      return { channelId, streamId: running?.id ?? null };
    },
  };
}
