import type { VideoId, videos } from '@virgil/contract';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { HeldContents } from '../review/index.ts';

export interface ReportDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** A text that is published or kept back with a report. */
  readonly content: HeldContents;
  /** A recording as this person sees it, with addresses that they may open. */
  readonly getVideo: (actor: Actor, id: VideoId) => Promise<videos.Video>;
}
