import type { VideoId, videos } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { MediaEngine } from '../../media/engine.ts';

export interface DeskDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly engine: Pick<MediaEngine, 'clip' | 'stats'>;
  /** A recording as this person sees it, with addresses that they may open; throws where they may not. */
  readonly getVideo: (actor: Actor, id: VideoId) => Promise<videos.Video>;
  /** The classifier is out of order and rules alone judge. */
  readonly rulesOnly: () => boolean;
}
