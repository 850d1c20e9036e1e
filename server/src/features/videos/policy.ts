/** Who may see a recording. Facts in, decision out. */
import { ALLOWED, type Decision, mayEnterPatronOnly, refuse, type Standing } from '../channels/index.ts';

export interface VideoVisibility {
  readonly isPublic: boolean;
  readonly patronOnly: boolean;
}

/** A recording that is neither public nor for patrons was hidden by its creator: for others it does not exist. */
export function maySee(video: VideoVisibility, standing: Standing): Decision {
  if (video.isPublic) return ALLOWED;
  if (video.patronOnly) return mayEnterPatronOnly(standing) ? ALLOWED : refuse('patron_required');
  const looksAfterIt =
    standing.isOwner || standing.granted.has('moderator') || (standing.signedIn && standing.platformRole === 'admin');
  return looksAfterIt ? ALLOWED : refuse('not_found');
}

/** What was kept for patrons stays theirs: it never becomes public. */
export function mayChange(
  video: VideoVisibility,
  change: { readonly isPublic?: boolean | undefined },
  standing: Standing,
): Decision {
  const seen = maySee(video, standing);
  if (!standing.isOwner) return seen.allowed ? refuse('not_allowed') : seen;
  return video.patronOnly && change.isPublic === true ? refuse('not_allowed') : ALLOWED;
}

/** What a recording begins as. */
export function visibilityOf(stream: { readonly patronOnly: boolean }): VideoVisibility {
  return { isPublic: !stream.patronOnly, patronOnly: stream.patronOnly };
}
