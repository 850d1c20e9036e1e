/** Which way to watch, decided from facts alone. */
export type Transport = 'webrtc' | 'hls';
/** `auto` begins with WebRTC and falls back; the other two are the viewer's own choice. */
export type Preference = 'auto' | Transport;

export interface TransportFacts {
  readonly preference: Preference;
  /** What the engine offers for this stream (an RTMP source with B-frames may be HLS only). */
  readonly offered: { readonly webrtc: boolean; readonly hls: boolean };
  readonly browserHasWebRtc: boolean;
  /** Attempts by WebRTC in a row that never showed a frame. */
  readonly failedAttempts: number;
}

/** After this many fruitless WebRTC attempts HLS takes over. */
export const ATTEMPTS_BEFORE_HLS = 2;

export function chooseTransport(facts: TransportFacts): Transport | null {
  const webrtc = facts.offered.webrtc && facts.browserHasWebRtc;
  if (facts.preference === 'hls' && facts.offered.hls) return 'hls';
  if (facts.preference === 'webrtc' && webrtc) return 'webrtc';
  if (webrtc && (facts.failedAttempts < ATTEMPTS_BEFORE_HLS || !facts.offered.hls)) return 'webrtc';
  return facts.offered.hls ? 'hls' : null;
}

/** Milliseconds before attempt `n` (0 is the first): at once, then quickly, then patiently; spread by `jitter` in 0–1. */
export function retryDelay(attempt: number, jitter: number): number {
  if (attempt === 0) return 0;
  const base = Math.min(8000, 300 * 2 ** (attempt - 1));
  return Math.round(base * (0.75 + 0.5 * jitter));
}

/** HLS that has fallen this far behind its target is moved to the live edge; speeding up would take too long. */
export function shouldJumpToEdge(latencySeconds: number, targetSeconds: number): boolean {
  return latencySeconds > Math.max(3 * targetSeconds, 4);
}
