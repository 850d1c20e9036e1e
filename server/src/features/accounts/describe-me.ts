/** One's own profile as the contract shows it: our row, and what better-auth knows. */
import type { accounts, UserId } from '@virgil/contract';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import type { AuthUser } from './auth-users.ts';
import { avatarUrl } from './avatar-store.ts';
import type { ProfileRow } from './profile-store.ts';

export function describeMe(caller: Caller, profile: ProfileRow | null, user: AuthUser | null): accounts.Me {
  if (profile === null || user === null) throw new AppError('sign_in_required', { detail: 'This account is gone.' });
  return {
    id: profile.id as UserId,
    displayName: profile.displayName,
    email: user.email,
    emailVerified: user.emailVerified,
    avatarUrl: avatarUrl(profile.avatarKey),
    bio: profile.bio,
    language: profile.language,
    timeZone: profile.timeZone,
    tier: profile.tier,
    role: profile.role,
    twoFactorEnabled: user.twoFactorEnabled,
    mustEnrolTwoFactor: caller.mustEnrolTwoFactor,
    isBanned: caller.isBanned,
    createdAt: profile.createdAt.toISOString(),
  };
}
