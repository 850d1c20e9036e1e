/** Rate limits of the socket edge. They run on real time, not on the product clock. */

export interface BucketSize {
  /** How many at once. */
  readonly burst: number;
  /** How many a second in the long run. */
  readonly perSecond: number;
}

export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly retryAfterMs: number };

export class TokenBucket {
  #tokens: number;
  #refilledAt: number;
  readonly #size: BucketSize;

  constructor(size: BucketSize, nowMs: number) {
    this.#size = size;
    this.#tokens = size.burst;
    this.#refilledAt = nowMs;
  }

  take(nowMs: number, cost = 1): Admission {
    this.#refill(nowMs);
    if (this.#tokens < cost) {
      return { admitted: false, retryAfterMs: Math.ceil(((cost - this.#tokens) / this.#size.perSecond) * 1000) };
    }
    this.#tokens -= cost;
    return { admitted: true };
  }

  /** A full bucket remembers nothing and may be forgotten. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= this.#size.burst;
  }

  #refill(nowMs: number): void {
    const elapsedMs = Math.max(0, nowMs - this.#refilledAt);
    this.#refilledAt = nowMs;
    this.#tokens = Math.min(this.#size.burst, this.#tokens + (elapsedMs / 1000) * this.#size.perSecond);
  }
}

/** One bucket per key; full ones are forgotten, so the map stays as small as the recent traffic. */
export class BucketsByKey {
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #size: BucketSize;
  readonly #nowMs: () => number;
  #sweepAtSize = 1024;

  constructor(size: BucketSize, nowMs: () => number = () => performance.now()) {
    this.#size = size;
    this.#nowMs = nowMs;
  }

  take(key: string, cost = 1): Admission {
    const now = this.#nowMs();
    let bucket = this.#buckets.get(key);
    if (!bucket) {
      if (this.#buckets.size >= this.#sweepAtSize) this.#forgetFull(now);
      bucket = new TokenBucket(this.#size, now);
      this.#buckets.set(key, bucket);
    }
    return bucket.take(now, cost);
  }

  get size(): number {
    return this.#buckets.size;
  }

  #forgetFull(now: number): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
    this.#sweepAtSize = Math.max(1024, this.#buckets.size * 2);
  }
}
