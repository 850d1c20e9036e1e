/** The review queue over HTTP, with a channel, its people and the platform's: what its tests share. */
import type { StreamId } from '@virgil/contract';
import type { Person } from '../../src/actor.ts';
import { type Answer, type LiveKit, liveKit } from './live-kit.ts';
import { type ItemFields, makeModerator, makeReviewItem } from './review-items.ts';

export interface ReviewKit extends LiveKit {
  /** Of the channel. */
  readonly owner: Person;
  readonly mo: Person;
  readonly max: Person;
  /** Of the platform. */
  readonly stan: Person;
  readonly ana: Person;
  readonly otto: Person;
  readonly streamId: StreamId;
  /** A held line of `author` (somebody new) in the channel's stream; `fields` make it another text. */
  held(fields?: Partial<ItemFields>): Promise<{ id: string; author: Person }>;
  decide(who: Person, id: string, verb: string, body?: object): Promise<Answer>;
  item(id: string): Promise<Record<string, unknown>>;
  notices(
    who: Person,
  ): Promise<{ kind: string; text: string; data: Record<string, string>; held_until: Date | null }[]>;
  count(query: string, ...values: unknown[]): Promise<number>;
  /** Entries of the audit log that name this item, or these details. */
  audited(id: string): Promise<string[]>;
}

export async function reviewKit(): Promise<ReviewKit> {
  const kit = await liveKit();
  const owner = await kit.person('Ada Owner', { tier: 'pro' });
  const [mo, max] = [await kit.person('Mo Moderator'), await kit.person('Max Moderator')];
  for (const person of [mo, max]) await makeModerator(kit.db, owner, person);
  const stan = await kit.person('Stan Staff', { role: 'moderator' });
  const [ana, otto] = [
    await kit.person('Ana Admin', { role: 'admin' }),
    await kit.person('Otto Admin', { role: 'admin' }),
  ];
  const streamId = await kit.start(owner, { title: 'The room' });
  let authors = 0;
  const sql = kit.db.sql.bind(kit.db);
  const own = {
    owner,
    mo,
    max,
    stan,
    ana,
    otto,
    streamId,
    async held(fields: Partial<ItemFields> = {}) {
      const author = fields.author ?? (await kit.person(`Author ${++authors}`));
      const at = kit.deps.clock.now();
      const id = await makeReviewItem(kit.db, { channel: owner, streamId, at, ...fields, author });
      return { id, author };
    },
    decide: (who: Person, id: string, verb: string, body: object = { reason: 'Insults' }) =>
      kit.call(who, 'POST', `/api/v1/moderation/queue/${id}/${verb}`, verb === 'undo' ? undefined : body),
    async item(id: string) {
      const [row] = await sql(
        `select q.*, m.status as line, v.action, v.resolved_because from moderator_review_queue q
         left join stream_messages m on m.id = q.content_id left join user_violations v on v.id = q.violation_id
         where q.id = $1`,
        [id],
      );
      return row ?? {};
    },
    notices: (who: Person) =>
      sql<{ kind: string; text: string; data: Record<string, string>; held_until: Date | null }>(
        'select kind, text, data, held_until from notifications where user_id = $1 order by id',
        [who.userId],
      ),
    async count(query: string, ...values: unknown[]) {
      const [row] = await sql<{ n: number }>(`select count(*)::integer as n from ${query}`, values);
      return row?.n ?? 0;
    },
    async audited(id: string) {
      const rows = await sql<{ type: string }>(
        `select type from audit_outbox where entity_id = $1 or details ->> 'reviewItemId' = $1 order by id`,
        [id],
      );
      return rows.map(({ type }) => type);
    },
  };
  // The kit's own getters follow a restart, so they are not copied.
  return Object.setPrototypeOf(own, kit) as ReviewKit;
}
