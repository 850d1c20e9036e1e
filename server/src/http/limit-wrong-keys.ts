/**
 * Who shows a wrong API key has no account to count by and never reaches the limits of operations, but each one costs
 * a question to the database. So wrong keys count by address, for every way in alike: HTTP, sockets, media, metrics.
 */
import { AppError } from '../errors.ts';
import type { Identify } from './identify.ts';
import { addressKey, type Limit, type RateLimits } from './rate-limits.ts';

const NAME = 'wrong-keys';
const WRONG_KEYS: Limit = { points: 60, seconds: 60 };

export function limitWrongKeys(identify: Identify, limits: RateLimits): Identify {
  return async (headers, context) => {
    if (context.token === undefined && headers.authorization === undefined) return identify(headers, context);
    const address = addressKey(context.ip);
    const wait = await limits.blockedMs(NAME, WRONG_KEYS, address);
    if (wait > 0) {
      throw new AppError('rate_limited', { detail: 'Too many wrong keys from this address.', retryAfterMs: wait });
    }
    try {
      return await identify(headers, context);
    } catch (error) {
      if (error instanceof AppError && error.code === 'sign_in_required') {
        await limits.spend(NAME, WRONG_KEYS, address);
      }
      throw error;
    }
  };
}
