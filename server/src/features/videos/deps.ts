import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/database.ts';
import type { MediaTokens } from '../media-access/index.ts';
import type { VideoFiles } from './video-files.ts';

export interface VideoDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly tokens: MediaTokens;
  readonly files: VideoFiles;
  readonly logger: Logger;
}
