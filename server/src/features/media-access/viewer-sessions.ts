/**
 * How many WHEP sessions one viewer holds. The oldest gives way: a browser that crashed ten times never told us,
 * and refusing its eleventh visit would punish it for that.
 */
export const SESSIONS_PER_VIEWER = 10;

export class ViewerSessions {
  readonly #byIdentity = new Map<string, Set<string>>();
  readonly #identityOf = new Map<string, string>();

  /** Notes a new session and returns those that must end for it. */
  add(identity: string, resourceId: string): string[] {
    let sessions = this.#byIdentity.get(identity);
    if (sessions === undefined) {
      sessions = new Set();
      this.#byIdentity.set(identity, sessions);
    }
    sessions.add(resourceId);
    this.#identityOf.set(resourceId, identity);
    const surplus = [...sessions].slice(0, Math.max(0, sessions.size - SESSIONS_PER_VIEWER));
    for (const oldest of surplus) this.remove(oldest);
    return surplus;
  }

  remove(resourceId: string): void {
    const identity = this.#identityOf.get(resourceId);
    if (identity === undefined) return;
    this.#identityOf.delete(resourceId);
    const sessions = this.#byIdentity.get(identity);
    sessions?.delete(resourceId);
    if (sessions?.size === 0) this.#byIdentity.delete(identity);
  }

  /** The engine lost one of this viewer's sessions and does not say which; with several, the next surplus clears it. */
  forgetOnly(identity: string): void {
    const sessions = this.#byIdentity.get(identity);
    if (sessions?.size !== 1) return;
    for (const resourceId of sessions) this.remove(resourceId);
  }

  forgetAll(identity: string): void {
    for (const resourceId of [...(this.#byIdentity.get(identity) ?? [])]) this.remove(resourceId);
  }

  get size(): number {
    return this.#identityOf.size;
  }
}
