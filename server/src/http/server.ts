/** The bare HTTP server: safety headers, origin check, problem documents for everything. It knows no operation. */
import type { IncomingHttpHeaders } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyMultipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { AppError } from '../errors.ts';
import { type TrustProxy, trustedProxies } from './client-address.ts';
import { isOwnOrigin, isSafeMethod, type OriginRule } from './origin.ts';
import { asAppError, PROBLEM_TYPE, problemOf, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Requests of foreign pages pass the origin check (players by WHIP and WHEP); the route must not believe their cookies. */
    anyOrigin?: true;
  }
}

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly origin: OriginRule;
  /** Whether browsers reach us by https: HSTS, and `Secure` on cookies. */
  readonly secure: boolean;
  /** Addresses or hop count of proxies whose forwarding headers are believed. */
  readonly trustProxy?: TrustProxy;
  /** Pages of the payment provider: they alone may stand in a frame of ours, and get a form of ours. */
  readonly paymentOrigins?: readonly string[];
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer } | undefined;
}

const JSON_LIMIT_BYTES = 256 * 1024;

export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const fastify = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies(options.trustProxy ?? false),
    bodyLimit: JSON_LIMIT_BYTES,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    connectionTimeout: 0,
    requestTimeout: 60_000,
    keepAliveTimeout: 20_000,
    forceCloseConnections: true,
    return503OnClosing: true,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, _request, reply) => sendProblem(reply as FastifyReply, asAppError(error)),
    ...(options.tls === undefined ? {} : { https: options.tls }),
  }) as unknown as FastifyInstance;

  await fastify.register(fastifyCookie);
  await fastify.register(fastifyMultipart, { throwFileSizeLimit: true });
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(options.paymentOrigins ?? []) },
    // A plain-http instance on a home network must not pin browsers to https.
    hsts: options.secure ? { maxAge: 180 * 24 * 3600, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    // The page opens a window for Twitch sign-in and must hear back from it.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });

  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, parseJson(text as string));
    } catch (cause) {
      done(cause as Error);
    }
  });

  fastify.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.anyOrigin === true) return;
    if (!isSafeMethod(request.method) && !isOwnOrigin(options.origin, request.headers as IncomingHttpHeaders)) {
      throw new AppError('origin_refused');
    }
  });
  fastify.setErrorHandler((error, request, reply) => answerError(error, request, reply));
  return fastify;
}

/** An empty body is no body: many clients name the type and then send nothing. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', { detail: 'The body is not valid JSON.', cause });
  }
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asAppError(error);
  if (known.code === 'internal') {
    request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  } else if (known.code === 'storage_unavailable') {
    request.log.warn({ err: error, route: request.routeOptions.url }, 'storage unavailable');
  }
  return sendProblem(reply, known);
}

/** What Node's parser refuses never becomes a request; it still gets a problem document. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const problem = problemOf(
    new AppError(tooLarge ? 'too_large' : 'invalid', { detail: 'The request is not valid HTTP.' }),
  );
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/**
 * No inline script, nothing from elsewhere. Styles may be inline: the dialog library writes a style element to lock
 * scrolling. `blob:` is for hls.js (media source and worker) and for previews of one's own picture. Frames are the payment
 * provider's alone: cards are typed on its pages, where no script of ours runs.
 */
function contentSecurityPolicy(paymentOrigins: readonly string[]): Record<string, string[]> {
  return {
    'default-src': ["'self'"],
    'base-uri': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'", 'blob:'],
    'worker-src': ["'self'", 'blob:'],
    'connect-src': ["'self'", 'ws:', 'wss:'],
    'font-src': ["'self'", 'data:'],
    'object-src': ["'none'"],
    'frame-src': paymentOrigins.length === 0 ? ["'none'"] : [...paymentOrigins],
    'form-action': ["'self'", ...paymentOrigins],
    'frame-ancestors': ["'self'"],
  };
}
