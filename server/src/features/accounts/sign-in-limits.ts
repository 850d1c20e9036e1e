/**
 * How often one may try. Paths that check a password or a code count by address; sign-in counts failures by account
 * too, so that guessing from many addresses locks that account's password for a while. Passkeys stay open to its owner.
 */
import { AppError } from '../../errors.ts';
import { addressKey, type Limit, type RateLimits } from '../../http/index.ts';

const FAILURES_BY_ACCOUNT: Limit = { points: 10, seconds: 900 };
const FAILURES_BY_ADDRESS: Limit = { points: 50, seconds: 900 };

/** By path under `/api/auth`, for each address. */
const BY_PATH: readonly (readonly [RegExp, string, Limit])[] = [
  [/^\/sign-in\//, 'sign-in', { points: 60, seconds: 300 }],
  [/^\/sign-up\//, 'sign-up', { points: 20, seconds: 3600 }],
  [/^\/(request-password-reset|send-verification-email|change-email)/, 'mail', { points: 5, seconds: 900 }],
  [/^\/(change-password|reset-password|verify-password|two-factor\/)/, 'secrets', { points: 30, seconds: 300 }],
];
const ANY: Limit = { points: 600, seconds: 60 };

export interface SignInLimits {
  /** Throws `rate_limited`. */
  admit(path: string, ip: string, email: string | null): Promise<void>;
  /** Tells how a sign-in by password went. */
  note(path: string, ip: string, email: string | null, succeeded: boolean): Promise<void>;
}

export function createSignInLimits(limits: RateLimits): SignInLimits {
  return {
    async admit(path, ip, email) {
      const address = addressKey(ip);
      await limits.take('auth', ANY, address);
      for (const [pattern, name, limit] of BY_PATH) if (pattern.test(path)) await limits.take(name, limit, address);
      if (email === null || path !== '/sign-in/email') return;
      const wait = Math.max(
        await limits.blockedMs('sign-in-account', FAILURES_BY_ACCOUNT, email),
        await limits.blockedMs('sign-in-address', FAILURES_BY_ADDRESS, address),
      );
      if (wait > 0) {
        throw new AppError('rate_limited', {
          detail: 'Too many failed sign-ins. Wait, or use a passkey.',
          retryAfterMs: wait,
        });
      }
    },
    async note(path, ip, email, succeeded) {
      if (email === null || path !== '/sign-in/email') return;
      if (succeeded) {
        await limits.forget('sign-in-account', FAILURES_BY_ACCOUNT, email);
        return;
      }
      await limits.spend('sign-in-account', FAILURES_BY_ACCOUNT, email);
      await limits.spend('sign-in-address', FAILURES_BY_ADDRESS, addressKey(ip));
    },
  };
}
