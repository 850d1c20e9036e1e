/** For those who run the server: is it alive, is it ready, its metrics, and what its API looks like. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Registry } from 'prom-client';
import { AppError } from '../errors.ts';
import type { Identify } from './identify.ts';
import { type OpenApiOptions, openApiDocument } from './openapi.ts';
import { addressKey, type RateLimits } from './rate-limits.ts';
import { REFERENCE_STYLE, referencePage } from './reference-page.ts';

export interface Dependency {
  readonly name: string;
  /** Rejects while it cannot be used. */
  check(): Promise<unknown>;
  /** False: without it the server still serves, and only says so. */
  readonly isEssential?: false;
}

export interface OperationsPagesOptions {
  readonly dependencies: readonly Dependency[];
  readonly metrics: Registry;
  readonly identify: Identify;
  readonly rateLimits: RateLimits;
  readonly openApi: OpenApiOptions;
}

const CHECK_MS = 2_000;
const LIMIT = { points: 600, seconds: 60 };

export function registerOperationsPages(fastify: FastifyInstance, options: OperationsPagesOptions): void {
  fastify.get('/health', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));

  fastify.get('/ready', async (request, reply) => {
    await options.rateLimits.take('ready', LIMIT, addressKey(request.ip));
    const checks = await Promise.all(options.dependencies.map(stateOf));
    const isReady = checks.every(([, state], n) => state === 'ok' || options.dependencies[n]?.isEssential === false);
    return reply
      .header('cache-control', 'no-store')
      .code(isReady ? 200 : 503)
      .send({ status: isReady ? 'ready' : 'not ready', dependencies: Object.fromEntries(checks) });
  });

  fastify.get('/metrics', async (request, reply) => {
    if (!isLocal(request)) {
      const caller = await options.identify(request.headers, { ip: request.ip });
      const isAdmin = caller.actor.kind === 'person' && caller.actor.role === 'admin' && caller.scopes.has('admin');
      if (!isAdmin || caller.isBanned || caller.mustEnrolTwoFactor) {
        throw new AppError('not_allowed', { detail: 'Metrics are for this machine and for admins.' });
      }
    }
    return reply.type(options.metrics.contentType).send(await options.metrics.metrics());
  });

  const document = openApiDocument(options.openApi);
  const json = JSON.stringify(document);
  const page = referencePage(document);
  fastify.get('/openapi.json', async (_request, reply) =>
    reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(json),
  );
  fastify.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
  );
  fastify.get('/docs/reference.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(REFERENCE_STYLE),
  );
}

async function stateOf({ name, check }: Dependency): Promise<[string, 'ok' | 'unavailable']> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_MS);
  });
  try {
    await Promise.race([check(), late]);
    return [name, 'ok'];
  } catch {
    // The reason belongs to the log of the dependency, not to whoever asks.
    return [name, 'unavailable'];
  } finally {
    clearTimeout(timer);
  }
}

/** A proxy on this machine forwards strangers: its requests carry what it forwarded. */
function isLocal(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded ?? request.headers['x-real-ip'];
  const peer = request.socket.remoteAddress ?? '';
  return forwarded === undefined && (peer === '127.0.0.1' || peer === '::1' || peer === '::ffff:127.0.0.1');
}
