/**
 * Who calls. HTTP, the socket handshake and WHIP ask the same question; accounts answers it. The edge never learns
 * how a person proves who they are.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../actor.ts';

export interface IdentifyContext {
  /** The client's address, behind trusted proxies. */
  readonly ip: string;
  /** An API key given elsewhere than in `Authorization` (the socket handshake's `auth.token`). */
  readonly token?: string | undefined;
}

/**
 * Session cookie, `Authorization: Bearer <API key>`, or a guest. Throws `sign_in_required` for a bearer token that is
 * no valid key: whoever shows one means to be someone.
 */
export type Identify = (headers: IncomingHttpHeaders, context: IdentifyContext) => Promise<Caller>;
