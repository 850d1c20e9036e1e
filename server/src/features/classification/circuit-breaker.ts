/**
 * Leaves a service alone that fails: after a few failures in a row nobody asks for a while, then one call tries it, and
 * only when that succeeds everybody asks again. Each failed attempt doubles the pause.
 */
export type BreakerState = 'closed' | 'open' | 'half_open';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
}

export class CircuitBreaker {
  readonly #options: BreakerOptions;
  #failedInARow = 0;
  #pauseMs: number;
  /** Null: closed. */
  #openUntilMs: number | null = null;
  #isProbing = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#pauseMs = options.firstPauseMs;
  }

  state(): BreakerState {
    if (this.#openUntilMs === null) return 'closed';
    return this.#isProbing || this.#options.now() >= this.#openUntilMs ? 'half_open' : 'open';
  }

  /** Until it is tried again; null while it is closed. */
  get remainingMs(): number | null {
    return this.#openUntilMs === null ? null : Math.max(0, this.#openUntilMs - this.#options.now());
  }

  /** Whether this caller may ask now. Whoever was told yes says afterwards how it went. */
  admit(): boolean {
    if (this.#openUntilMs === null) return true;
    if (this.#isProbing || this.#options.now() < this.#openUntilMs) return false;
    this.#isProbing = true;
    return true;
  }

  succeeded(): void {
    // Of those that were asked before it opened: the probe decides.
    if (this.#openUntilMs !== null && !this.#isProbing) return;
    this.#failedInARow = 0;
    this.#openUntilMs = null;
    this.#isProbing = false;
    this.#pauseMs = this.#options.firstPauseMs;
  }

  /** `atLeastMs`: the service itself said for how long it wants to be left alone. */
  failed(atLeastMs = 0): void {
    const { failures, longestPauseMs, now } = this.#options;
    this.#failedInARow++;
    if (this.#openUntilMs !== null && !this.#isProbing) return;
    if (!this.#isProbing && this.#failedInARow < failures && atLeastMs === 0) return;
    this.#isProbing = false;
    this.#openUntilMs = now() + Math.min(longestPauseMs, Math.max(this.#pauseMs, atLeastMs));
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
  }

  /** Begins anew, as after it was turned off and on. */
  reset(): void {
    this.#failedInARow = 0;
    this.#openUntilMs = null;
    this.#isProbing = false;
    this.#pauseMs = this.#options.firstPauseMs;
  }
}
