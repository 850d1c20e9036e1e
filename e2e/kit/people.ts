/** People of a test: accounts made through the product's own HTTP interface, with their session cookie. */
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { ADMIN } from './server.ts';

export interface TestPerson {
  readonly id: string;
  readonly name: string;
  /** The `Cookie` header of the session. */
  readonly cookie: string;
  call<T = unknown>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
  socket(): Socket;
}

export interface Livestreamed {
  readonly livestream: { readonly id: string };
  readonly ingest: { readonly whipUrl: string; readonly rtmpUrl: string; readonly streamKey: string };
  readonly playback: { readonly whepUrl: string; readonly hlsUrl: string };
}

async function post(url: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
}

function person(url: string, id: string, name: string, cookie: string): TestPerson {
  return {
    id,
    name,
    cookie,
    call: async <T>(method: string, path: string, body?: unknown) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text ? JSON.parse(text) : null) as T };
    },
    socket: () => io(url, { transports: ['websocket'], extraHeaders: { cookie }, forceNew: true }),
  };
}

export async function signInAdmin(url: string): Promise<TestPerson> {
  const response = await post(url, '/api/auth/sign-in/email', ADMIN);
  if (!response.ok) throw new Error(`admin sign-in: ${response.status} ${await response.text()}`);
  const { user } = (await response.json()) as { user: { id: string; name: string } };
  return person(url, user.id, user.name, cookieOf(response));
}

/** A new account; `tier` is given by the admin, as on a real instance. */
export async function signUp(url: string, name: string, tier?: 'pro' | 'premium'): Promise<TestPerson> {
  const unique = randomUUID().slice(0, 8);
  const response = await post(url, '/api/auth/sign-up/email', {
    name: `${name} ${unique}`,
    email: `${unique}@virgil.test`,
    password: `password-of-${unique}`,
  });
  if (!response.ok) throw new Error(`sign-up: ${response.status} ${await response.text()}`);
  const { user } = (await response.json()) as { user: { id: string } };
  const made = person(url, user.id, `${name} ${unique}`, cookieOf(response));
  if (tier) {
    const admin = await signInAdmin(url);
    const given = await admin.call('POST', `/api/admin/users/${user.id}/tier`, { tier });
    if (given.status !== 200) throw new Error(`tier: ${given.status} ${JSON.stringify(given.body)}`);
  }
  return made;
}

/** Starts a stream without media. */
export async function goLive(creator: TestPerson, options: Record<string, unknown> = {}): Promise<Livestreamed> {
  const started = await creator.call<Livestreamed>('POST', '/api/v1/livestreams/start', {
    title: 'A test',
    ...options,
  });
  if (started.status !== 201) throw new Error(`start: ${started.status} ${JSON.stringify(started.body)}`);
  return started.body;
}
