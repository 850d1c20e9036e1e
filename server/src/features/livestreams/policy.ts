/** What the rules say about livestreams. Facts in, decision out. */
import type { MediaState, Tier } from '@virgil/contract';
import { ALLOWED, type Decision, mayEnterPatronOnly, refuse, type Standing } from '../channels/index.ts';

/** A publisher who is back within this time continues the same stream. */
export const INTERRUPTION_LIMIT_MS = 5 * 60_000;
/** A stream that never received any media ends after this. */
export const FIRST_MEDIA_LIMIT_MS = 15 * 60_000;

export function mayStart(facts: { readonly tier: Tier }): Decision {
  return facts.tier === 'free' ? refuse('tier_required') : ALLOWED;
}

/** A ban from the channel keeps out of its streams, but not the platform's staff. */
export function mayWatch(
  stream: { readonly patronOnly: boolean; readonly isBanned: boolean },
  standing: Standing,
): Decision {
  if (stream.isBanned && !standing.isOwner && standing.platformRole === 'user') return refuse('banned');
  return !stream.patronOnly || mayEnterPatronOnly(standing) ? ALLOWED : refuse('patron_required');
}

/** Ending and changing a stream are its owner's; staff end one by deciding a report. */
export function mayDirect(stream: { readonly isActive: boolean }, standing: Standing): Decision {
  if (!standing.isOwner) return refuse('not_allowed');
  return stream.isActive ? ALLOWED : refuse('stream_ended');
}

/** Figures of the encoder are the owner's, also after the end is known: nothing then. */
export function maySeeHealth(standing: Standing): Decision {
  return standing.isOwner ? ALLOWED : refuse('not_allowed');
}

/**
 * The state to store, given the stored one and what the engine sees. Media once received is never "waiting" again:
 * a room that was reopened after a restart of the server is an interruption.
 */
export function nextMediaState(stored: MediaState, engine: 'waiting' | 'live' | 'interrupted'): MediaState {
  if (stored === 'ended' || engine === 'live') return stored === 'ended' ? 'ended' : 'live';
  return stored === 'waiting' && engine === 'waiting' ? 'waiting' : 'interrupted';
}

/** When a stream without media ends by itself; null while media flows or once it ended. */
export function endsWithoutMediaAt(stream: {
  readonly mediaState: MediaState;
  readonly startedAt: Date;
  /** When media was last seen; never null once any came. */
  readonly lastMediaAt: Date | null;
}): Date | null {
  const { lastMediaAt, mediaState, startedAt } = stream;
  if (mediaState === 'waiting') return new Date(startedAt.getTime() + FIRST_MEDIA_LIMIT_MS);
  if (mediaState === 'interrupted') return new Date((lastMediaAt ?? startedAt).getTime() + INTERRUPTION_LIMIT_MS);
  return null;
}
