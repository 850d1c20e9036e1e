/**
 * node-av is FFmpeg, linked into a Node addon: optional, GPL, and loaded only inside media child processes. Whoever
 * gets null here goes on without AAC, stills, PCM and RTMP.
 */
import type * as Constants from 'node-av/constants';
import type * as Lib from 'node-av/lib';

export interface Av {
  readonly lib: typeof Lib;
  readonly constants: typeof Constants;
}

export async function loadAv(): Promise<Av | null> {
  try {
    const [lib, constants] = await Promise.all([import('node-av/lib'), import('node-av/constants')]);
    lib.Log.setLevel(constants.AV_LOG_FATAL);
    return { lib, constants };
  } catch {
    // Not installed, or no binary for this platform: both mean "without".
    return null;
  }
}

/** Wraps FFmpeg's negative return values. */
export function must(result: number, what: string): number {
  if (result < 0) throw new Error(`${what} failed: FFmpeg error ${result}`);
  return result;
}

/**
 * Private codec options. Not by the dictionary of `open2`: node-av frees that one twice, and the process ends with a
 * segmentation fault.
 */
export function setOptions(context: Lib.CodecContext, options: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(options)) must(context.setOption(name, value), `codec option ${name}`);
}
