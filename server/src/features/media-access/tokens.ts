/**
 * Media tokens: short-lived and signed, they stand in for a session where a player cannot send one (WHEP, playlists,
 * segments, recordings). All times are real ones: a test that moves the product clock must not open or shut media.
 *
 * A player that goes on reading keeps a lease on its token beyond `exp`, because an HLS player reloads the same
 * address for hours. The lease dies when it goes unused for a token's life, and every half life the permission is
 * asked again, so that a lapsed patron loses media within one token's life.
 */
import type { ChannelRole } from '@virgil/contract';
import { jwtVerify, SignJWT } from 'jose';
import { v4 as randomUuid } from 'uuid';

export const TOKEN_LIFE_MS = 120_000;
/** However diligently a player reads, it then asks for a new token. */
export const LEASE_MAX_MS = 12 * 3_600_000;

/** What a token opens: one livestream or one recording. */
export interface MediaResource {
  readonly kind: 'stream' | 'video';
  readonly id: string;
}

export interface MediaGrant {
  /** A profile id. */
  readonly sub: string;
  readonly role: ChannelRole;
  readonly resource: MediaResource;
  readonly jti: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

interface Lease {
  readonly openedAtMs: number;
  readonly grant: MediaGrant;
  usedAtMs: number;
  checkedAtMs: number;
}

/** Asks the database whether the person may still watch. */
export type StillAllowed = (grant: MediaGrant) => Promise<boolean>;

const keyOf = (resource: MediaResource): string => `${resource.kind}:${resource.id}`;

export class MediaTokens {
  readonly #key: Uint8Array;
  readonly #nowMs: () => number;
  readonly #leases = new Map<string, Lease>();
  /** `identity` or `identity resource` → tokens issued up to this moment are dead. */
  readonly #deniedAtMs = new Map<string, number>();
  #sweptAtMs = 0;

  constructor(key: Uint8Array, nowMs: () => number = Date.now) {
    this.#key = key;
    this.#nowMs = nowMs;
  }

  async mint(sub: string, role: ChannelRole, resource: MediaResource): Promise<{ token: string; expiresAt: Date }> {
    const issuedAtMs = this.#nowMs();
    const expiresAtMs = issuedAtMs + TOKEN_LIFE_MS;
    const token = await new SignJWT({ role, [resource.kind]: resource.id })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(sub)
      .setJti(randomUuid())
      .setIssuedAt(issuedAtMs / 1000)
      .setExpirationTime(expiresAtMs / 1000)
      .sign(this.#key);
    return { token, expiresAt: new Date(expiresAtMs) };
  }

  /** The grant when `token` opens `resource` now, else null. */
  async open(token: string, resource: MediaResource, stillAllowed: StillAllowed): Promise<MediaGrant | null> {
    const grant = await this.#read(token);
    if (grant === null || keyOf(grant.resource) !== keyOf(resource) || this.#isDenied(grant)) return null;
    const now = this.#nowMs();
    this.#sweep(now);
    const lease = this.#leases.get(grant.jti);
    if (lease === undefined) {
      if (now >= grant.expiresAtMs) return null;
      this.#leases.set(grant.jti, { openedAtMs: now, grant, usedAtMs: now, checkedAtMs: grant.issuedAtMs });
      return grant;
    }
    if (now >= grant.expiresAtMs && !(await this.#renew(lease, now, stillAllowed))) {
      this.#leases.delete(grant.jti);
      return null;
    }
    lease.usedAtMs = now;
    return grant;
  }

  async #renew(lease: Lease, now: number, stillAllowed: StillAllowed): Promise<boolean> {
    if (now - lease.usedAtMs > TOKEN_LIFE_MS || now - lease.openedAtMs > LEASE_MAX_MS) return false;
    if (now - lease.checkedAtMs <= TOKEN_LIFE_MS / 2) return true;
    if (!(await stillAllowed(lease.grant))) return false;
    // Denied while the question was on its way: the answer may be older than the denial.
    if (this.#isDenied(lease.grant)) return false;
    lease.checkedAtMs = now;
    return true;
  }

  /** Kills every token of this person issued so far, for one resource or for all. */
  deny(identity: string, resource?: MediaResource): void {
    this.#deniedAtMs.set(resource === undefined ? identity : `${identity} ${keyOf(resource)}`, this.#nowMs());
    for (const [jti, { grant }] of this.#leases) {
      if (grant.sub !== identity) continue;
      if (resource === undefined || keyOf(grant.resource) === keyOf(resource)) this.#leases.delete(jti);
    }
  }

  #isDenied(grant: MediaGrant): boolean {
    const everything = this.#deniedAtMs.get(grant.sub) ?? -1;
    const thisOne = this.#deniedAtMs.get(`${grant.sub} ${keyOf(grant.resource)}`) ?? -1;
    return grant.issuedAtMs <= Math.max(everything, thisOne);
  }

  async #read(token: string): Promise<MediaGrant | null> {
    try {
      // `exp` is judged by `open`, where a lease may outlive it.
      const { payload } = await jwtVerify(token, this.#key, { algorithms: ['HS256'], currentDate: new Date(0) });
      const { sub, jti, iat, exp, role, stream, video } = payload;
      if (typeof sub !== 'string' || typeof jti !== 'string' || iat === undefined || exp === undefined) return null;
      const resource: MediaResource | null =
        typeof stream === 'string'
          ? { kind: 'stream', id: stream }
          : typeof video === 'string'
            ? { kind: 'video', id: video }
            : null;
      if (resource === null || typeof role !== 'string') return null;
      // Signed by us: `role` is what `mint` was given.
      const claims = { sub, jti, role: role as ChannelRole, resource };
      return { ...claims, issuedAtMs: Math.round(iat * 1000), expiresAtMs: Math.round(exp * 1000) };
    } catch {
      // Not a token, or not one of ours: whoever asks is told they may not watch, never why.
      return null;
    }
  }

  /** Forgets what no longer decides anything, so that memory follows the audience of the last minutes. */
  #sweep(now: number): void {
    if (now - this.#sweptAtMs < TOKEN_LIFE_MS) return;
    this.#sweptAtMs = now;
    for (const [jti, lease] of this.#leases) if (now - lease.usedAtMs > TOKEN_LIFE_MS) this.#leases.delete(jti);
    // A dead token's lease is gone already; the denial matters only while `exp` of such a token may lie ahead.
    for (const [who, at] of this.#deniedAtMs) if (now - at > TOKEN_LIFE_MS) this.#deniedAtMs.delete(who);
  }
}
