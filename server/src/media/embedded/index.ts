/** The engine that comes with the platform: SFU workers, a packager per live stream, RTMP. */

import { probeAv } from './av/probe-av.ts';
import { startRtmpIngest } from './ingest/index.ts';
import { describeCapabilities } from './packager/capabilities.ts';
import { forkPackager } from './packager/index.ts';
import { EmbeddedMediaEngine, type EmbeddedMediaOptions } from './supervisor.ts';

export type { MediaLog } from './parts.ts';
export type { EmbeddedMediaOptions } from './supervisor.ts';

export function createEmbeddedMedia(options: EmbeddedMediaOptions): EmbeddedMediaEngine {
  return new EmbeddedMediaEngine(options, {
    forkPackager,
    packagerCapabilities: async () => describeCapabilities(await probeAv(options.log)),
    startRtmpIngest,
  });
}
