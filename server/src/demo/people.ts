/** A person of the demo: signs up or in like anybody, over HTTP, and acts by their own session. */
import { io, type Socket } from 'socket.io-client';

export interface PersonDetails {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export class DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly #url: string;
  readonly #cookie: string;

  private constructor(id: string, name: string, url: string, cookie: string) {
    this.id = id;
    this.name = name;
    this.#url = url;
    this.#cookie = cookie;
  }

  /** The second start finds the accounts of the first. A name that somebody has already gets a number. */
  static async enter(url: string, details: PersonDetails): Promise<DemoPerson> {
    const { email, password } = details;
    let response = await post(url, 'sign-in/email', { email, password });
    for (let attempt = 1; !response.ok && attempt <= 9; attempt += 1) {
      const name = attempt === 1 ? details.name : `${details.name} ${attempt}`;
      response = await post(url, 'sign-up/email', { name, email, password });
      if (response.ok || !(await response.clone().text()).includes('name_taken')) break;
    }
    if (!response.ok) throw new Error(`${details.name} could not sign in: ${response.status} ${await response.text()}`);
    const { user } = (await response.json()) as { user: { id: string; name: string } };
    const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    return new DemoPerson(user.id, user.name, url, cookie.join('; '));
  }

  /** Throws on anything but success: the demo asks for nothing that may be refused. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { cookie: this.#cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  socket(): Socket {
    return io(this.#url, { transports: ['websocket'], extraHeaders: { cookie: this.#cookie }, forceNew: true });
  }
}

function post(url: string, path: string, body: unknown): Promise<Response> {
  return fetch(`${url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  });
}
