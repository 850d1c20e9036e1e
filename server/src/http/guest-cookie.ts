/**
 * Guests are counted once however many tabs they open: a random id in a cookie, given on the first page or API visit.
 * It proves nothing and opens nothing, so it is not signed.
 */
import { randomBytes } from 'node:crypto';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const GUEST_COOKIE = 'virgil_guest';
const GUEST_ID = /^[A-Za-z0-9_-]{22}$/;
const SECONDS_PER_YEAR = 365 * 24 * 3600;

export function readGuestId(cookieHeader: string | undefined): string | null {
  if (cookieHeader === undefined) return null;
  const value = fastifyCookie.parse(cookieHeader)[GUEST_COOKIE];
  return value !== undefined && GUEST_ID.test(value) ? value : null;
}

export function giveGuestCookie(request: FastifyRequest, reply: FastifyReply, secure: boolean): void {
  if (readGuestId(request.headers.cookie) !== null) return;
  reply.setCookie(GUEST_COOKIE, randomBytes(16).toString('base64url'), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: SECONDS_PER_YEAR,
  });
}
