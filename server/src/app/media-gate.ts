/** The two features that own what is watched, behind the one question media access asks. */
import type { StreamId, UserId, VideoId } from '@virgil/contract';
import type { Person } from '../actor.ts';
import type { streamGate } from '../features/livestreams/index.ts';
import type { MediaGate } from '../features/media-access/index.ts';
import type { videoGate } from '../features/videos/index.ts';

export function mediaGate(
  streams: ReturnType<typeof streamGate>,
  videos: ReturnType<typeof videoGate>,
  personById: (id: UserId) => Promise<Person | null>,
): MediaGate {
  return {
    ...streams,
    ...videos,
    async mayPersonWatch(userId, { kind, id }) {
      const person = await personById(userId);
      if (person === null) return false;
      // A token names what it was made for, by our own ids.
      if (kind === 'stream') return streams.mayPersonWatchStream(userId, id as StreamId);
      return videos.mayPersonWatchVideo(person, id as VideoId);
    },
  };
}
