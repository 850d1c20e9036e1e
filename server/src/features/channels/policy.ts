/** Who is what on a channel, and what that allows there. Facts in, decision out. */
import type { Badge, ChannelRole, channels, PlatformRole, ProblemCode } from '@virgil/contract';

export type GrantedRole = channels.GrantedRole;

/** What one caller is on one channel. Roles can stack: a moderator may be a patron and a follower as well. */
export interface Standing {
  readonly signedIn: boolean;
  readonly isOwner: boolean;
  readonly granted: ReadonlySet<GrantedRole>;
  readonly isFollowing: boolean;
  readonly platformRole: PlatformRole;
}

export const GUEST_STANDING: Standing = {
  signedIn: false,
  isOwner: false,
  granted: new Set(),
  isFollowing: false,
  platformRole: 'user',
};

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly code: ProblemCode };
export const ALLOWED: Decision = { allowed: true };
export const refuse = (code: ProblemCode): Decision => ({ allowed: false, code });

/** The highest role there; what is shown beside the caller's name. */
export function channelRoleOf(standing: Standing): ChannelRole {
  if (!standing.signedIn) return 'guest';
  if (standing.isOwner) return 'owner';
  if (standing.granted.has('moderator')) return 'moderator';
  if (standing.granted.has('vip')) return 'vip';
  if (standing.granted.has('patron')) return 'patron';
  return standing.isFollowing ? 'follower' : 'viewer';
}

export function badgesOf(standing: Standing): Badge[] {
  const badges: Badge[] = [];
  if (standing.isOwner) badges.push('owner');
  if (standing.granted.has('moderator')) badges.push('moderator');
  if (standing.granted.has('vip')) badges.push('vip');
  if (standing.granted.has('patron')) badges.push('patron');
  if (standing.signedIn && standing.platformRole !== 'user') badges.push('staff');
  return badges;
}

/**
 * What is kept for patrons: for them, for those who look after the channel, and for the platform's staff.
 * A VIP is honoured, not paying: the role alone opens nothing here.
 */
export function mayEnterPatronOnly(standing: Standing): boolean {
  if (!standing.signedIn) return false;
  return (
    standing.isOwner ||
    standing.granted.has('moderator') ||
    standing.granted.has('patron') ||
    standing.platformRole !== 'user'
  );
}

export function mayReadMembers(standing: Standing): Decision {
  const allowed =
    standing.signedIn && (standing.isOwner || standing.granted.has('moderator') || standing.platformRole === 'admin');
  return allowed ? ALLOWED : refuse('not_allowed');
}

/** Roles are the owner's to give, and not to themselves. */
export function mayGrant(standing: Standing, granteeIsOwner: boolean): Decision {
  if (!standing.isOwner) return refuse('not_allowed');
  return granteeIsOwner ? refuse('own_content') : ALLOWED;
}

export function mayChangeSettings(standing: Standing): Decision {
  return standing.isOwner ? ALLOWED : refuse('not_allowed');
}

export function mayFollow(standing: Standing): Decision {
  if (!standing.signedIn) return refuse('sign_in_required');
  return standing.isOwner ? refuse('own_content') : ALLOWED;
}
