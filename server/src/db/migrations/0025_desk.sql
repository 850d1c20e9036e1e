-- The moderator's desk: policies that indexes can serve, a word to every node when an item changes, and what a person
-- set for their own desk.

-- As an array the channels are known before the scan, so that an index on channel_id finds the rows. With IN every
-- row is read and asked.
alter policy moderator_read on moderator_review_queue
  using (user_id <> (select app_me()) and channel_id = any (array(select app_channels_i_moderate())));
alter policy moderator_read on user_violations
  using (channel_id = any (array(select app_channels_i_moderate())));

-- What concerns minors comes first in both orders.
drop index moderator_review_queue_oldest;
create index moderator_review_queue_oldest on moderator_review_queue (heads_queue desc, id)
  where resolution_status = 'pending';
-- What waits in one channel, the riskiest first.
create index moderator_review_queue_channel_riskiest on moderator_review_queue
  (channel_id, heads_queue desc, risk_score desc, id desc) where resolution_status = 'pending';

-- Part of the transaction that changed it: nobody hears of what was rolled back, and no writer can forget it.
create function app_announce_review_item() returns trigger language plpgsql set search_path = public as $$
begin
  perform pg_notify('virgil_nodes', json_build_object('kind', 'review.item', 'id', new.id)::text);
  return null;
end
$$;
create trigger moderator_review_queue_announced
  after insert or update of resolution_status, claimed_by, claim_expires_at, assigned_moderator_id
  on moderator_review_queue for each row execute function app_announce_review_item();

create table desk_settings (
  user_id text primary key references profiles on delete cascade,
  version integer not null default 1,
  value jsonb not null,
  updated_at timestamptz(3) not null
);
alter table desk_settings enable row level security, force row level security;
create policy own_all on desk_settings for all to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on desk_settings for all to app_system using (true) with check (true);
grant select, insert, update, delete on desk_settings to app_user, app_system;

-- The shift someone is in, or was in last: no history is kept.
create table desk_shifts (
  user_id text primary key references profiles on delete cascade,
  began_at timestamptz(3) not null,
  last_at timestamptz(3) not null,
  -- Since the last suggestion that was seen.
  rested_at timestamptz(3) not null,
  looks_at_rest integer not null default 0
);
alter table desk_shifts enable row level security, force row level security;
create policy own_all on desk_shifts for all to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on desk_shifts for all to app_system using (true) with check (true);
grant select, insert, update, delete on desk_shifts to app_user, app_system;

create table desk_looks (
  user_id text not null references desk_shifts on delete cascade,
  item_id text not null references moderator_review_queue on delete cascade,
  primary key (user_id, item_id)
);
create index desk_looks_item on desk_looks (item_id);
alter table desk_looks enable row level security, force row level security;
create policy own_all on desk_looks for all to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on desk_looks for all to app_system using (true) with check (true);
grant select, insert, update, delete on desk_looks to app_user, app_system;
