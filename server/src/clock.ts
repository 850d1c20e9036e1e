/**
 * The product clock. Everything that has an end (timeouts, jobs, "live for 49 minutes") reads this one, so that
 * tests can travel; sessions, TOTP, media tokens, rate limits and media liveness stay on real time.
 */
export interface Clock {
  now(): Date;
}

export const realClock: Clock = { now: () => new Date() };
