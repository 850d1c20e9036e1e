/** Who may see a recording. Facts in, decision out. */
import { ALLOWED, type Decision, mayEnterPatronOnly, refuse, type Standing } from '../channels/index.ts';

export interface VideoVisibility {
  readonly isPublic: boolean;
  readonly patronOnly: boolean;
  /** What a decision made of it; it outweighs the other two. */
  readonly removal: 'removed' | 'withheld' | null;
}

/** A recording that is neither public nor for patrons was hidden by its creator: for others it does not exist. */
export function maySee(video: VideoVisibility, standing: Standing): Decision {
  const isAdmin = standing.signedIn && standing.platformRole === 'admin';
  if (video.removal !== null) return standing.isOwner || isAdmin ? ALLOWED : refuse('not_found');
  if (video.isPublic) return ALLOWED;
  if (video.patronOnly) return mayEnterPatronOnly(standing) ? ALLOWED : refuse('patron_required');
  const looksAfterIt = standing.isOwner || standing.granted.has('moderator') || isAdmin;
  return looksAfterIt ? ALLOWED : refuse('not_found');
}

/** The file itself: what is withheld is for admins alone. */
export function mayWatch(video: VideoVisibility, standing: Standing): Decision {
  const seen = maySee(video, standing);
  if (!seen.allowed || video.removal !== 'withheld') return seen;
  return standing.platformRole === 'admin' ? ALLOWED : refuse('not_allowed');
}

/** What was kept for patrons stays theirs: it never becomes public. Nor does its owner undo a decision. */
export function mayChange(
  video: VideoVisibility,
  change: { readonly isPublic?: boolean | undefined },
  standing: Standing,
): Decision {
  const seen = maySee(video, standing);
  if (!standing.isOwner) return seen.allowed ? refuse('not_allowed') : seen;
  const isFixed = video.removal !== null && change.isPublic !== undefined;
  return isFixed || (video.patronOnly && change.isPublic === true) ? refuse('not_allowed') : ALLOWED;
}

/** What a recording begins as; `removal`: of the stream it was. */
export function visibilityOf(
  stream: { readonly patronOnly: boolean },
  removal: VideoVisibility['removal'] = null,
): VideoVisibility {
  return { isPublic: !stream.patronOnly && removal === null, patronOnly: stream.patronOnly, removal };
}
