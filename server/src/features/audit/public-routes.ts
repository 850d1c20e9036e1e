/**
 * What anybody may check the log by, in C2SP tlog-tiles form. Nothing is served that was not published: the checkpoint
 * from the data folder, and tiles of sizes that were signed. Full tiles never change.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MalformedError, parseTilePath, TILE_WIDTH, type Tile } from 'virgil-tlog';
import { AppError } from '../../errors.ts';
import { addressKey, type Identify, type Limit, type RateLimits } from '../../http/index.ts';
import type { AuditLog } from './audit-log.ts';
import { isOfSignedSize, readTile } from './tree-store.ts';

export interface PublicRoutesDeps {
  readonly log: AuditLog;
  readonly identify: Identify;
  readonly rateLimits: RateLimits;
}

/** A verifier of a log of a million entries reads 4,000 full tiles and as many bundles. */
const TILE_LIMIT: Limit = { points: 10_000, seconds: 60 };
const CHECKPOINT_LIMIT: Limit = { points: 600, seconds: 60 };

/** Anybody's page may check the log. */
const ANY_ORIGIN = { config: { anyOrigin: true } } as const;
const CORS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const FOR_EVER = 'public, max-age=31536000, immutable';

export function registerPublicLog(fastify: FastifyInstance, deps: PublicRoutesDeps): void {
  const { log, rateLimits } = deps;

  fastify.get('/log/key', ANY_ORIGIN, async (request, reply) => {
    await rateLimits.take('log checkpoint', CHECKPOINT_LIMIT, addressKey(request.ip));
    const published = await log.published.recent();
    const signer = published === null ? null : await log.ring.signerOf(published.log);
    if (signer === null) throw new AppError('not_found', { detail: 'The log has not begun.' });
    return plain(reply, signer.verifiers.map((verifier) => `${verifier}\n`).join(''));
  });

  fastify.get('/log/checkpoint', ANY_ORIGIN, async (request, reply) => {
    await rateLimits.take('log checkpoint', CHECKPOINT_LIMIT, addressKey(request.ip));
    const published = await log.published.recent();
    if (published?.note == null) throw new AppError('not_found', { detail: 'The log has not begun.' });
    return plain(reply, log.witness?.cosigned(published.note) ?? published.note);
  });

  fastify.get<{ Params: { '*': string } }>('/log/tile/*', ANY_ORIGIN, async (request, reply) => {
    await rateLimits.take('log tile', TILE_LIMIT, addressKey(request.ip));
    const tile = tileOf(`tile/${request.params['*']}`);
    if (tile.level === 'entries') await admitAdmin(deps, request);
    const bytes = await servedTile(log, tile);
    if (bytes === null) throw new AppError('not_found');
    const caching =
      tile.level === 'entries' ? 'private, no-store' : tile.width === TILE_WIDTH ? FOR_EVER : 'public, max-age=3600';
    return reply
      .headers({ ...CORS, 'cache-control': caching })
      .type('application/octet-stream')
      .send(Buffer.from(bytes));
  });
}

function plain(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .headers({ ...CORS, 'cache-control': 'no-cache' })
    .type('text/plain; charset=utf-8')
    .send(text);
}

/** Only the one canonical spelling of a path is one. */
function tileOf(path: string): Tile {
  try {
    return parseTilePath(path);
  } catch (error) {
    if (error instanceof MalformedError) throw new AppError('not_found');
    throw error;
  }
}

async function servedTile(log: AuditLog, tile: Tile): Promise<Uint8Array | null> {
  const published = await log.published.recent();
  if (published === null) return null;
  const leaves = tile.level === 'entries' ? 1 : TILE_WIDTH ** tile.level;
  if ((tile.index * TILE_WIDTH + tile.width) * leaves > published.size) return null;
  const { asSystem } = log.handle.database;
  if (tile.level === 'entries') {
    return asSystem('a bundle of entries for an admin', async (tx) =>
      tile.width === TILE_WIDTH || (await isOfSignedSize(tx, published.log, tile, published.size))
        ? readTile(tx, published.log, tile)
        : null,
    );
  }
  return log.handle.database.publicRead(async (tx) =>
    tile.width === TILE_WIDTH || (await isOfSignedSize(tx, published.log, tile, published.size))
      ? readTile(tx, published.log, tile)
      : null,
  );
}

async function admitAdmin({ identify }: PublicRoutesDeps, request: FastifyRequest): Promise<void> {
  const caller = await identify(request.headers, { ip: request.ip });
  if (caller.actor.kind !== 'person') throw new AppError('sign_in_required');
  const isAdmin = caller.actor.role === 'admin' && caller.scopes.has('admin');
  if (!isAdmin || caller.isBanned || caller.mustEnrolTwoFactor) {
    throw new AppError('not_allowed', { detail: 'What the entries say is for admins; the hashes are everybody’s.' });
  }
}
