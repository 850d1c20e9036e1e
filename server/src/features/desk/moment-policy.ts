/** Where the picture of a moment is to be found: the running stream's memory, the finished recording, or nowhere. */
import type { desk as contract } from '@virgil/contract';

/** What an engine remembers of a running stream. */
export const RING_SECONDS = 60;
export const SECONDS_BEFORE = 30;
const SECONDS_AFTER = 10;

export interface MomentFacts {
  readonly writtenAt: Date;
  readonly now: Date;
  readonly stream: {
    readonly isActive: boolean;
    readonly records: boolean;
    readonly startedAt: Date;
    /** The end of what was received last; null before anything was. */
    readonly lastMediaAt: Date | null;
    readonly endedAt: Date | null;
    /** All that was received, with gaps over 10 s left out. */
    readonly mediaMs: number;
  };
  /** Of a running stream; null where this node's engine does not have it. */
  readonly ring: { readonly isLive: boolean; readonly receivedMs: number } | null;
  /** Null while there is none that the reader may watch. */
  readonly recording: { readonly url: string; readonly durationMs: number } | 'not_allowed' | null;
}

const PAUSE_MS = 10_000;

export function momentOf(facts: MomentFacts, ringUrl: string): contract.ReviewMoment {
  const { now, recording, ring, stream, writtenAt } = facts;
  if (stream.isActive) {
    if (ring === null || ring.receivedMs === 0) return { kind: 'none', because: 'no_media' };
    // While the broadcast is interrupted the memory ends where it stopped.
    const end = ring.isLive ? now : (stream.lastMediaAt ?? now);
    const secondsAgo = Math.max(0, (end.getTime() - writtenAt.getTime()) / 1000);
    if (secondsAgo >= RING_SECONDS && !stream.records) return { kind: 'none', because: 'not_recorded' };
    if (secondsAgo * 1000 > ring.receivedMs) return { kind: 'none', because: 'before_video' };
    // Cut out of the recording while it is written; that ends up to a segment behind.
    if (secondsAgo >= RING_SECONDS) {
      const momentSeconds = Math.min(SECONDS_BEFORE, ring.receivedMs / 1000 - secondsAgo);
      return { kind: 'recording', url: ringUrl, fromSeconds: 0, momentSeconds, isApproximate: true };
    }
    return { kind: 'ring', url: ringUrl, secondsAgo };
  }
  if (recording === 'not_allowed') return { kind: 'none', because: 'not_allowed' };
  if (recording === null) return { kind: 'none', because: stream.records ? 'no_media' : 'not_recorded' };
  return inRecording(writtenAt, stream, recording);
}

/** Counted back from the last media that came, because nobody wrote down when the first did. */
function inRecording(
  writtenAt: Date,
  { endedAt, lastMediaAt, mediaMs, startedAt }: MomentFacts['stream'],
  { durationMs, url }: { readonly url: string; readonly durationMs: number },
): contract.ReviewMoment {
  const end = (lastMediaAt ?? endedAt ?? startedAt).getTime();
  const momentMs = durationMs - (end - writtenAt.getTime());
  if (momentMs < 0) return { kind: 'none', because: 'before_video' };
  const momentSeconds = Math.min(momentMs, durationMs) / 1000;
  // Longer on air than what was received: it paused somewhere, or began late.
  const onAirMs = end - startedAt.getTime();
  return {
    kind: 'recording',
    url,
    fromSeconds: Math.max(0, momentSeconds - SECONDS_BEFORE),
    momentSeconds,
    isApproximate: onAirMs - Math.max(mediaMs, durationMs) > PAUSE_MS,
  };
}

/** What to ask of the engine, so that it begins 30 s before: its memory, and later the recording until 10 s after. */
export function cutOf(writtenAt: Date, end: Date): { readonly seconds: number; readonly endingSecondsAgo: number } {
  const ago = (end.getTime() - writtenAt.getTime()) / 1000;
  if (ago >= RING_SECONDS) {
    return { seconds: SECONDS_BEFORE + SECONDS_AFTER, endingSecondsAgo: ago - SECONDS_AFTER };
  }
  return { seconds: Math.min(RING_SECONDS, Math.max(1, Math.ceil(ago + SECONDS_BEFORE))), endingSecondsAgo: 0 };
}
