/**
 * Makes the log from what waits in the outbox. One node at a time. Each batch is one commit: entries, index, tiles and
 * the head of the tree go in and the outbox rows go out together. Only a head that is committed is ever signed, and what
 * is signed is first written to the data folder, then shown: whoever saw a checkpoint saw one that a restored database
 * will be held against. Signing is deterministic, so a crash between the two steps signs the very same note again.
 */
import type { Pool } from 'pg';
import {
  append,
  edgeRoot,
  emptyEdge,
  emptyRoot,
  leafHash,
  loadEdge,
  MAX_ENTRY_BYTES,
  sameHash,
  type TreeEdge,
  type TreeHead,
} from 'virgil-tlog';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../db/database.ts';
import { exclusively, type StoreLogger, type Transact } from '../../db/index.ts';
import { insertBatch, takeActs } from './batch-store.ts';
import { type Act, type Built, buildEntry, namedPeople, possiblePeople } from './entry.ts';
import { type Refusal, refusalFor } from './extends-published.ts';
import type { KeyRing, LogSigner } from './key-ring.ts';
import { createLog, type LogNaming, logEvent } from './open-log.ts';
import { fingerprintOf, type PeopleOfBatch, peopleOfBatch, type Wrapping } from './person-keys.ts';
import type { PublishedCheckpoint } from './published.ts';
import { newestLog, tileReader } from './tree-store.ts';

export interface SequencerDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger: StoreLogger;
  readonly wrapping: Wrapping;
  readonly ring: KeyRing;
  readonly published: PublishedCheckpoint;
  readonly naming: LogNaming;
  /** Told after each publication. */
  readonly onPublished?: (size: number) => void;
  /** Told of each batch: how many, and how long ago the oldest of them happened. */
  readonly onBatch?: (entries: number, oldestMs: number) => void;
}

/** Any number, the same on every node. */
const LOCK = 7_304_461_941;
const BATCH = 500;
const PUBLISH_EVERY_MS = 200;

/** What the witness said stands until an admin decides; the rest is looked at again each time. */
const BY_WITNESS: ReadonlySet<Refusal['reason']> = new Set(['witness_ahead', 'witness_forked']);

interface Tree {
  readonly signer: LogSigner;
  readonly edge: TreeEdge;
}

export class Sequencer {
  readonly #deps: SequencerDeps;
  #tree: Tree | undefined;
  #refusal: Refusal | null = null;

  constructor(deps: SequencerDeps) {
    this.#deps = deps;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Takes everything that waits. Returns how many entries there were; 0 while it refuses. */
  run(): Promise<number> {
    return this.exclusively(async (transact) => {
      if (this.#refusal !== null && BY_WITNESS.has(this.#refusal.reason)) return 0;
      let taken = 0;
      let publishedAt = performance.now();
      for (;;) {
        const batch = await transact((tx) => this.#sequence(tx));
        if (batch === null) return 0;
        this.#tree = batch.tree;
        taken += batch.acts;
        const isLast = batch.acts < BATCH;
        if (isLast || performance.now() - publishedAt > PUBLISH_EVERY_MS) {
          await this.#publish(batch.tree);
          publishedAt = performance.now();
        }
        if (isLast) return taken;
      }
    });
  }

  /** Under the one lock that guards log, keys and publication. */
  exclusively<T>(work: (transact: Transact) => Promise<T>): Promise<T> {
    return exclusively(this.#deps.pool, LOCK, async (transact) => {
      try {
        return await work(transact);
      } catch (error) {
        // Whether the last commit happened may be unknown: the next run looks.
        this.#tree = undefined;
        throw error;
      }
    });
  }

  /** Keys changed, or a new log began: everything is read again. */
  forget(): void {
    this.#tree = undefined;
    this.#refusal = null;
  }

  refuse(refusal: Refusal): void {
    this.#tree = undefined;
    if (this.#refusal?.reason !== refusal.reason) {
      this.#deps.logger.error(refusal, 'the audit log takes no new entries until an admin decides; the rest goes on');
    }
    this.#refusal = refusal;
  }

  async #sequence(tx: Tx): Promise<{ tree: Tree; acts: number } | null> {
    const opened = await this.#open(tx);
    if (opened === null) return null;
    const { tree, first } = opened;
    const acts = [...first, ...(await takeActs(tx, BATCH - first.length))];
    if (acts.length === 0) return { tree, acts: 0 };
    const at = this.#deps.clock.now();
    const { signer, edge } = tree;
    const people = await peopleOfBatch(tx, this.#deps.wrapping, {
      named: new Set(acts.flatMap(namedPeople)),
      possible: new Set(acts.flatMap(possiblePeople)),
      at,
    });
    const built = acts.map((act, n) => {
      const seq = edge.size + n;
      return { act, seq, ...this.#build(act, { origin: signer.origin, seq }, people) };
    });
    const grown = append(
      edge,
      built.map(({ bytes }) => bytes),
    );
    const known = (id: string | null) => (id === null || people.isForgotten(id) ? null : id);
    const entries = built.map((entry, n) => ({
      act: entry.act,
      seq: entry.seq,
      bytes: entry.bytes,
      hash: grown.leafHashes[n] ?? leafHash(entry.bytes),
      actorId: known(entry.act.actorId),
      entityId: known(entry.act.entityId),
      people: entry.people.map((userId, part) => [part, userId] as const).filter(([, id]) => !people.isForgotten(id)),
    }));
    await insertBatch(tx, signer.log, { entries, tiles: grown.tiles, head: grown, at });
    this.#deps.onBatch?.(acts.length, Math.max(0, at.getTime() - Math.min(...acts.map((act) => act.at.getTime()))));
    return { tree: { signer, edge: grown.edge }, acts: acts.length };
  }

  /** No act may stop those behind it: one that cannot be an entry leaves one that says so. */
  #build(act: Act, place: { origin: string; seq: number }, people: PeopleOfBatch): Built {
    try {
      const built = buildEntry(act, place, people.isPerson, people.keyOf);
      if (built.bytes.length <= MAX_ENTRY_BYTES) return built;
      throw new RangeError(`an entry of ${built.bytes.length} bytes`);
    } catch (err) {
      this.#deps.logger.error({ err, eventId: act.eventId, type: act.type }, 'an act could not be logged whole');
      const rest = { ...act, details: { unreadable: true }, personal: [] };
      return buildEntry(rest, place, people.isPerson, people.keyOf);
    }
  }

  /** The tree as it is in memory when the database still says the same, else read anew and held against what was published. */
  async #open(tx: Tx): Promise<{ tree: Tree; first: readonly Act[] } | null> {
    const newest = await newestLog(tx);
    const log = newest?.log ?? null;
    const head: TreeHead = newest?.head ?? { size: 0, root: emptyRoot };
    const known = this.#tree;
    if (known !== undefined && log?.id === known.signer.log && isHeadOf(known.edge, head)) {
      return { tree: known, first: [] };
    }
    const { ring, published, naming, wrapping, clock } = this.#deps;
    const last = await published.read();
    if (log === null) {
      if (last !== null && last.size > 0) {
        return this.#refuse({ reason: 'restored', publishedSize: last.size, localSize: 0 });
      }
      const signer = await createLog(tx, {
        ring,
        published,
        naming,
        wrapping,
        log: Math.max(1, await ring.newest()),
        at: clock.now(),
      });
      return { tree: { signer, edge: emptyEdge }, first: [logEvent('LOG_STARTED', signer, null, clock.now())] };
    }
    const signer = await ring.signerOf(log.id);
    if (signer === null || signer.sealedBy !== fingerprintOf(wrapping)) {
      return this.#refuse({ reason: 'key_missing', localSize: head.size });
    }
    const read = tileReader(tx, log.id);
    const refusal = await refusalFor({ log: log.id, head, read }, last);
    if (refusal !== null) return this.#refuse(refusal);
    const edge = await loadEdge(head.size, read);
    if (!isHeadOf(edge, head)) {
      return this.#refuse({ reason: 'changed', publishedSize: last?.size ?? 0, localSize: head.size });
    }
    this.#refusal = null;
    return { tree: { signer, edge }, first: [] };
  }

  #refuse(refusal: Refusal): null {
    this.refuse(refusal);
    return null;
  }

  async #publish({ signer, edge }: Tree): Promise<void> {
    const { published, clock, onPublished } = this.#deps;
    const head = { size: edge.size, root: edgeRoot(edge) };
    const last = await published.read();
    if (head.size === 0) return;
    if (last !== null && last.log === signer.log && last.size >= head.size) {
      const isSame = last.size > head.size || last.root === Buffer.from(head.root).toString('base64');
      if (!isSame) this.refuse({ reason: 'changed', publishedSize: last.size, localSize: head.size });
      return;
    }
    const note = signer.sign(head);
    const root = Buffer.from(head.root).toString('base64');
    await published.write({
      log: signer.log,
      origin: signer.origin,
      size: head.size,
      root,
      note,
      at: clock.now().toISOString(),
    });
    onPublished?.(head.size);
  }
}

function isHeadOf(edge: TreeEdge, head: TreeHead): boolean {
  return edge.size === head.size && sameHash(edgeRoot(edge), head.root);
}
