/** A review queue with many items, and what reads it: with row security, and with the channels written by hand. */

export const CHANNELS = 200;
export const MODERATORS = [
  { id: 'mod of 1', channels: 1 },
  { id: 'mod of 10', channels: 10 },
  { id: 'mod of 100', channels: 100 },
] as const;

interface Sql {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** As the superuser. Items are spread evenly over channels, scores over the band in which texts are held. */
export async function fillQueue(admin: Sql, items: number): Promise<void> {
  await admin.query(
    `insert into profiles (id, display_name, display_name_skeleton, role, created_at, updated_at)
     select id, id, id, 'user', now(), now()
     from (select 'channel ' || n as id from generate_series(1, $1::int) n
       union all select 'author ' || n from generate_series(1, 500) n
       union all select unnest($2::text[])) as people`,
    [CHANNELS, MODERATORS.map(({ id }) => id)],
  );
  await admin.query(
    `insert into channels (id, created_at, updated_at) select id, now(), now() from profiles where id like 'channel %' or id like 'mod of %'`,
  );
  for (const { channels, id } of MODERATORS) {
    await admin.query(
      `insert into channel_members (channel_id, user_id, role, since)
       select 'channel ' || n, $1, 'moderator', now() from generate_series(1, $2::int) n`,
      [id, channels],
    );
  }
  // Nobody listens: a word for each of so many rows would only take time.
  await admin.query('alter table moderator_review_queue disable trigger moderator_review_queue_announced');
  await admin.query(
    `insert into moderator_review_queue (id, user_id, source_type, content_id, content_preview, content_created_at,
       risk_score, category, heads_queue, channel_id, created_at, updated_at)
     select lpad(n::text, 9, '0'), 'author ' || (n % 500 + 1), (array['live', 'live', 'comment'])[n % 3 + 1],
       'content ' || n, 'a held text, number ' || n, now(), 0.6 + (hashint4(n) & 1023) / 4100.0,
       (array['hate', 'harassment', 'threat', 'spam', 'toxicity'])[n % 5 + 1], n % 1000 = 0,
       'channel ' || (hashint4(n + 7) & 2147483647) % $2::int + 1, now(), now()
     from generate_series(1, $1::int) n`,
    [items, CHANNELS],
  );
  await admin.query('alter table moderator_review_queue enable trigger moderator_review_queue_announced');
  await admin.query('analyze');
}

const COLUMNS = 'id, content_preview, risk_score, category, channel_id, user_id';
const RISKIEST = 'order by heads_queue desc, risk_score desc, id desc limit 51';
const OLDEST = 'order by heads_queue desc, id limit 51';
const COUNTED = 'category, source_type, count(*)';
const WAITS = "resolution_status = 'pending'";
const from = (columns: string, where: string, rest: string) =>
  `select ${columns} from moderator_review_queue where ${where} ${rest}`;

/** No channel is named: the policies alone decide. */
export const ONE_PAGE = {
  riskiest: from(COLUMNS, WAITS, RISKIEST),
  oldest: from(COLUMNS, WAITS, OLDEST),
  counts: from(COUNTED, WAITS, 'group by category, source_type'),
} as const;

/** As an application without row security would write it; `$1` is who asks. It has to find the channels as well. */
const BY_HAND = `${WAITS} and user_id <> $1 and channel_id in (
  select channel_id from channel_members where user_id = $1 and role = 'moderator' union select $1)`;
export const HAND_FILTERED = {
  riskiest: from(COLUMNS, BY_HAND, RISKIEST),
  oldest: from(COLUMNS, BY_HAND, OLDEST),
  counts: from(COUNTED, BY_HAND, 'group by category, source_type'),
} as const;
