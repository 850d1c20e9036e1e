/** Where a recording lies inside the folder of its stream. */
import { join } from 'node:path';

export interface RecordingPaths {
  /** While it grows, and after a crash until it is finished. */
  readonly growing: string;
  readonly done: string;
  readonly still: string;
}

export function recordingPaths(folder: string): RecordingPaths {
  return {
    growing: join(folder, 'recording.part.mp4'),
    done: join(folder, 'recording.mp4'),
    still: join(folder, 'recording.webp'),
  };
}
