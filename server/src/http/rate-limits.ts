/**
 * Token windows in memory, per person or address. They keep one client from taking what is everybody's; they are on
 * real time and are not meant to survive a restart.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Caller } from '../actor.ts';
import { AppError } from '../errors.ts';

export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

export const READ_LIMIT: Limit = { points: 1200, seconds: 60 };
export const WRITE_LIMIT: Limit = { points: 240, seconds: 60 };

export interface RateLimits {
  /** Takes one point of `name` for `key`; throws `rate_limited` when none is left. */
  take(name: string, limit: Limit, key: string): Promise<void>;
  /** Takes one point without asking whether it was there: a failure is counted after the fact. */
  spend(name: string, limit: Limit, key: string): Promise<void>;
  /** How long `key` is out of points, in ms; 0 while it is not. Takes nothing. */
  blockedMs(name: string, limit: Limit, key: string): Promise<number>;
  forget(name: string, limit: Limit, key: string): Promise<void>;
}

export function createRateLimits(enabled: boolean): RateLimits {
  const limiters = new Map<string, RateLimiterMemory>();
  const limiter = (name: string, limit: Limit): RateLimiterMemory => {
    const id = `${name}:${limit.points}/${limit.seconds}`;
    let found = limiters.get(id);
    if (found === undefined) {
      found = new RateLimiterMemory({ keyPrefix: id, points: limit.points, duration: limit.seconds });
      limiters.set(id, found);
    }
    return found;
  };
  return {
    async take(name, limit, key) {
      if (!enabled) return;
      try {
        await limiter(name, limit).consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError('rate_limited', { retryAfterMs: refusal.msBeforeNext });
      }
    },
    async spend(name, limit, key) {
      if (enabled) await limiter(name, limit).penalty(key);
    },
    async blockedMs(name, limit, key) {
      if (!enabled) return 0;
      const state = await limiter(name, limit).get(key);
      return state !== null && state.consumedPoints >= limit.points ? state.msBeforeNext : 0;
    },
    async forget(name, limit, key) {
      await limiter(name, limit).delete(key);
    },
  };
}

/** One household's IPv6 is a /64: a person must not get a fresh budget by changing the last half. */
export function addressKey(ip: string): string {
  const plain = ip.startsWith('::ffff:') ? ip.slice(7) : ip;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4).join(':');
}

export function callerKey(caller: Caller): string {
  return caller.actor.kind === 'person' ? `u:${caller.actor.userId}` : `ip:${addressKey(caller.ip)}`;
}
