/** The WHIP and WHEP sessions of all workers by their resource id, and what is told about viewers. */
import { randomUUID } from 'node:crypto';
import type { StreamId } from '@virgil/contract';
import { MediaRefusal, type SdpAnswer } from '../engine.ts';

interface Session {
  readonly streamId: StreamId;
  /** Null for a publisher. */
  readonly identity: string | null;
  joined: boolean;
}

export class SessionBook {
  readonly #sessions = new Map<string, Session>();
  readonly #tell: (type: 'viewer.joined' | 'viewer.left', streamId: StreamId, identity: string) => void;

  constructor(tell: (type: 'viewer.joined' | 'viewer.left', streamId: StreamId, identity: string) => void) {
    this.#tell = tell;
  }

  /** Known from before the worker answers, so that an end that overtakes the answer is noticed. */
  async begin(
    streamId: StreamId,
    identity: string | null,
    ask: (resourceId: string) => Promise<string>,
  ): Promise<SdpAnswer> {
    const resourceId = randomUUID();
    const session: Session = { streamId, identity, joined: false };
    this.#sessions.set(resourceId, session);
    try {
      const answer = await ask(resourceId);
      if (!this.#sessions.has(resourceId)) throw new MediaRefusal('media_unavailable', 'The session ended at once.');
      session.joined = true;
      if (identity !== null) this.#tell('viewer.joined', streamId, identity);
      return { resourceId, answer };
    } catch (error) {
      this.#sessions.delete(resourceId);
      throw error;
    }
  }

  streamOf(resourceId: string): StreamId | undefined {
    return this.#sessions.get(resourceId)?.streamId;
  }

  end(resourceId: string): void {
    const session = this.#sessions.get(resourceId);
    this.#sessions.delete(resourceId);
    if (session === undefined || !session.joined || session.identity === null) return;
    this.#tell('viewer.left', session.streamId, session.identity);
  }

  /** A worker took the sessions of these streams with it. */
  endAll(lost: (streamId: StreamId) => boolean): void {
    for (const [resourceId, { streamId }] of [...this.#sessions]) if (lost(streamId)) this.end(resourceId);
  }

  clear(): void {
    this.#sessions.clear();
  }
}
