/**
 * Who may have media, decided in one place for WHEP, playlists, segments, stills and recordings: what is open is open;
 * else a token, else whoever the session or API key says is asking.
 */
import type { UserId } from '@virgil/contract';
import type { FastifyRequest } from 'fastify';
import { v4 as randomUuid } from 'uuid';
import type { Caller } from '../../actor.ts';
import { AppError } from '../../errors.ts';
import { type Identify, isOwnOrigin, type OriginRule } from '../../http/index.ts';
import type { MediaGate, Refusal, StreamFacts, VideoFacts } from './gate.ts';
import type { MediaGrant, MediaResource, MediaTokens } from './tokens.ts';

export interface AccessDeps {
  readonly gate: MediaGate;
  readonly tokens: MediaTokens;
  readonly identify: Identify;
  readonly origin: OriginRule;
}

/** Who watches. `tokenQuery` goes into the addresses of a playlist, so that a player carries its token along. */
export interface Admission {
  readonly identity: string;
  readonly tokenQuery: string | null;
}

export class MediaAccess {
  readonly #deps: AccessDeps;
  constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  /**
   * Players of foreign pages may ask too, so a cookie counts only when our own page sent it: another page must not
   * watch in somebody's name. A bearer token counts from anywhere, because its sender had to know it.
   */
  async caller(request: FastifyRequest, bearer: 'as-api-key' | 'ignored'): Promise<Caller> {
    const { cookie, authorization, ...headers } = request.headers;
    const own = isOwnOrigin(this.#deps.origin, request.headers);
    return this.#deps.identify(
      {
        ...headers,
        ...(own && cookie !== undefined ? { cookie } : {}),
        ...(bearer === 'as-api-key' && authorization !== undefined ? { authorization } : {}),
      },
      { ip: request.ip },
    );
  }

  /** For a player: `identity` is what `revoke` and the limits go by. */
  async admitViewer(stream: StreamFacts, request: FastifyRequest): Promise<Admission> {
    const resource: MediaResource = { kind: 'stream', id: stream.id };
    const shown = tokenOf(request);
    const grant = await this.#open(shown, resource);
    if (grant !== null && shown !== null) return { identity: grant.sub, tokenQuery: queryOf(shown) };
    const caller = await this.#callerWithout(shown, request);
    const refusal = refusalOf(caller) ?? (await this.#deps.gate.mayWatchStream(stream, caller.actor));
    if (refusal !== null) throw new AppError(refusal);
    return { identity: identityOf(caller), tokenQuery: null };
  }

  /** For playlists, segments and stills: asked many times a second, so a public stream asks nothing at all. */
  async admitReader(stream: StreamFacts, request: FastifyRequest): Promise<string | null> {
    if (!stream.patronOnly) return null;
    return (await this.admitViewer(stream, request)).tokenQuery;
  }

  async admitToVideo(video: VideoFacts, request: FastifyRequest): Promise<void> {
    if (video.isOpen) return;
    const shown = tokenOf(request);
    const resource: MediaResource = { kind: 'video', id: video.id };
    const grant = await this.#open(shown, resource);
    if (grant !== null && (!video.isRemoved || (await this.#mayStillWatch(grant)))) return;
    const caller = await this.#callerWithout(shown, request);
    const refusal = refusalOf(caller) ?? (await this.#deps.gate.mayWatchVideo(video, caller.actor));
    if (refusal !== null) throw new AppError(refusal);
  }

  async #open(token: string | null, resource: MediaResource): Promise<MediaGrant | null> {
    if (token === null) return null;
    return this.#deps.tokens.open(token, resource, (grant) => this.#mayStillWatch(grant));
  }

  #mayStillWatch({ sub, resource }: MediaGrant): Promise<boolean> {
    // A token's subject is the profile it was given to.
    return this.#deps.gate.mayPersonWatch(sub as UserId, resource);
  }

  /** A bearer that opened nothing may still be an API key; a dead media token is no reason to answer 401. */
  async #callerWithout(shown: string | null, request: FastifyRequest): Promise<Caller> {
    if (shown === null || request.headers.authorization === undefined) return this.caller(request, 'as-api-key');
    try {
      return await this.caller(request, 'as-api-key');
    } catch (error) {
      if (error instanceof AppError && error.code === 'sign_in_required') return this.caller(request, 'ignored');
      throw error;
    }
  }
}

/** What shuts a caller out of all media, whatever it is. */
function refusalOf(caller: Caller): Refusal {
  if (caller.isBanned) return 'banned';
  return caller.mustEnrolTwoFactor || !caller.scopes.has('read') ? 'not_allowed' : null;
}

export function bearerOf(request: FastifyRequest): string | null {
  const match = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

/** `?token=` for players that can set no header, else the bearer. */
function tokenOf(request: FastifyRequest): string | null {
  const { token } = request.query as Record<string, unknown>;
  return typeof token === 'string' && token !== '' && token.length <= 2048 ? token : bearerOf(request);
}

const queryOf = (token: string): string => `token=${encodeURIComponent(token)}`;

/** A guest without a cookie is a new viewer each time: two behind one address are two. */
function identityOf(caller: Caller): string {
  if (caller.actor.kind === 'person') return caller.actor.userId;
  return caller.actor.guestId === null ? `visit:${randomUuid()}` : `guest:${caller.actor.guestId}`;
}
