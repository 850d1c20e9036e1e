/** One address from outside, three logins of ours: `admin` prepares, `app` serves requests, `auth` is better-auth's. */
import { createHmac } from 'node:crypto';

export interface ConnectionStrings {
  readonly admin: string;
  readonly app: string;
  readonly auth: string;
}

/**
 * Passwords of our own logins follow from one secret, so that several nodes with the same `DATABASE_URL` agree
 * without sharing a file. `fallbackSecret` is for addresses without a password (peer or trust authentication).
 */
export function connectionStrings(adminUrl: string, fallbackSecret: string): ConnectionStrings {
  const secret = new URL(adminUrl).password || fallbackSecret;
  return {
    admin: adminUrl,
    app: withLogin(adminUrl, 'app', derivedPassword(secret, 'app')),
    auth: withLogin(adminUrl, 'virgil_auth', derivedPassword(secret, 'virgil_auth')),
  };
}

export function withDatabase(url: string, database: string): string {
  const next = new URL(url);
  next.pathname = `/${database}`;
  return next.href;
}

export function passwordOf(url: string): string {
  return decodeURIComponent(new URL(url).password);
}

function withLogin(url: string, user: string, password: string): string {
  const next = new URL(url);
  next.username = user;
  next.password = password;
  return next.href;
}

function derivedPassword(secret: string, login: string): string {
  return createHmac('sha256', secret).update(`virgil database login ${login}`).digest('base64url');
}
