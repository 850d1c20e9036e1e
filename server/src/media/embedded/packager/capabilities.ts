/** What a packager can do here, in words that an operator can act on. */
import type { PackagerCapabilities } from '../parts.ts';

export function describeCapabilities(hasAv: boolean): PackagerCapabilities {
  const missing = hasAv
    ? []
    : ['node-av (FFmpeg) is not installed or has no binary for this platform: HLS has Opus sound only, no stills.'];
  return { aac: hasAv, recording: true, thumbnails: hasAv, pcmTap: hasAv, missing };
}
