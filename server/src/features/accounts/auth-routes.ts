/** The bridge from `/api/auth/*` to better-auth. Our edge comes first: origin, size, limits; then theirs answers. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { UserId } from '@virgil/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../db/index.ts';
import { AppError } from '../../errors.ts';
import { sendProblem } from '../../http/index.ts';
import { endsConnections, recordSecurity, securityActionOf } from './audit-security.ts';
import { AUTH_BASE_PATH, type Auth } from './auth.ts';
import type { Sessions } from './sessions.ts';
import type { SignInLimits } from './sign-in-limits.ts';

const withEmail = z.object({ email: z.string().max(320) });
const MAX_TEXT = 4096;

export interface AuthRoutesDeps {
  readonly auth: Auth;
  readonly sessions: Sessions;
  readonly limits: SignInLimits;
  readonly publicUrl: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly endConnections: (userId: UserId) => void;
}

/** Who changes a lock can be read from the session, but not who resets a password: better-auth tells in the middle. */
const resets = new AsyncLocalStorage<{ userId: string | null }>();

/** Within a request to reset a password. Its sessions are deleted only after this. */
export function noteReset(userId: string): void {
  const reset = resets.getStore();
  if (reset !== undefined) reset.userId = userId;
}

export function registerAuthRoutes(fastify: FastifyInstance, deps: AuthRoutesDeps): void {
  const { auth, limits, publicUrl, sessions } = deps;
  fastify.route({
    method: ['GET', 'POST'],
    url: `${AUTH_BASE_PATH}/*`,
    handler: async (request, reply) => {
      const path = new URL(request.url, publicUrl).pathname.slice(AUTH_BASE_PATH.length);
      if (!isSane(request.body))
        throw new AppError('invalid', { detail: 'A text in the body is malformed or too long.' });
      const email = emailIn(request.body);
      await limits.admit(path, request.ip, email);
      const action = securityActionOf(path);
      const person = action === null ? null : await sessions.userOf(request.headers.cookie);
      const reset: { userId: string | null } = { userId: null };
      const response = await resets.run(reset, () => auth.handler(asWebRequest(request, publicUrl)));
      // Signing out, a new password, a removed second factor: nothing remembered may outlive it.
      if (request.method === 'POST' || !path.startsWith('/get-session')) sessions.forgetAll();
      // Not before: who is cut off comes back at once, and must find the session gone.
      if (reset.userId !== null) deps.endConnections(reset.userId as UserId);
      // Who has a second factor gives its code here too, and changes nothing by it.
      const isNews = action !== 'SECOND_FACTOR_ENABLED' || person?.twoFactorEnabled === false;
      if (action !== null && person !== null && response.ok && isNews) {
        if (endsConnections(action)) deps.endConnections(person.id as UserId);
        await recordSecurity(deps, action, person.id);
      }
      await limits.note(path, request.ip, email, response.ok);
      return answer(reply, response);
    },
  });
}

function asWebRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || HOP_BY_HOP.has(name)) continue;
    // A read may come from anywhere, so its origin must not become one that redirects may lead to.
    if (name === 'origin' && request.method !== 'POST') continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  const hasBody = request.method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  return new Request(new URL(request.url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
}

/** Forwarding headers are for our proxy rule alone; better-auth gets the public address from its own settings. */
const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'transfer-encoding',
  'host',
  'authorization',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-for',
]);

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  if (response.status >= 500) return sendProblem(reply, new AppError('internal'));
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value);
  }
  // Joined into one header, cookies would be lost.
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  if (response.status === 404 && response.headers.get('content-type') === null)
    return sendProblem(reply, new AppError('not_found'));
  reply.header('cache-control', 'no-store').code(response.status);
  return reply.send(response.body === null ? undefined : Buffer.from(await response.arrayBuffer()));
}

function emailIn(body: unknown): string | null {
  const parsed = withEmail.safeParse(body);
  return parsed.success ? parsed.data.email.trim().toLowerCase() : null;
}

/** Lone surrogates and NUL are no text for PostgreSQL; better-auth would answer them with a failure of its own. */
function isSane(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT && value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return depth < 6 && Object.entries(value).every(([key, inner]) => isSane(key) && isSane(inner, depth + 1));
}
