-- The audit log: what the outbox hands over becomes entries of a Merkle tree, for ever. Insert is all that anybody may.

alter table audit_outbox
  add column event_id text not null default gen_random_uuid()::text,
  add column personal jsonb not null default '[]';
create unique index audit_outbox_event on audit_outbox (event_id);
revoke update on audit_outbox from app_system;

-- One row a tree. A new one begins only when an operator says so, after a restore that lost published entries.
create table audit_logs (
  id integer primary key,
  origin text not null unique,
  started_at timestamptz(3) not null
);
alter table audit_logs enable row level security, force row level security;
create policy public_read on audit_logs for select to app, app_guest using (true);
create policy system_all on audit_logs for all to app_system using (true) with check (true);
grant select on audit_logs to app, app_guest;
grant select, insert on audit_logs to app_system;

-- The leaves. Their hashes are public, their bytes are the admins'.
create table audit_entries (
  log integer not null references audit_logs (id),
  seq bigint not null,
  leaf bytea not null,
  leaf_hash bytea not null,
  primary key (log, seq) include (leaf_hash)
);
alter table audit_entries enable row level security, force row level security;
create policy public_read on audit_entries for select to app, app_guest using (true);
create policy system_all on audit_entries for all to app_system using (true) with check (true);
grant select (log, seq, leaf_hash) on audit_entries to app, app_guest;
grant select on audit_entries to app_admin;
grant select, insert on audit_entries to app_system;

-- Full tiles of 256 hashes, and the root of each, which is a hash of the level above. Partial ones follow from these.
create table audit_tiles (
  log integer not null references audit_logs (id),
  level integer not null,
  n bigint not null,
  hashes bytea not null,
  root bytea not null,
  primary key (log, level, n)
);
alter table audit_tiles enable row level security, force row level security;
create policy public_read on audit_tiles for select to app, app_guest using (true);
create policy system_all on audit_tiles for all to app_system using (true) with check (true);
grant select on audit_tiles to app, app_guest;
grant select, insert on audit_tiles to app_system;

-- Tree heads, one a commit of the sequencer, written with the entries; what is here may be signed.
create table audit_checkpoints (
  log integer not null references audit_logs (id),
  size bigint not null,
  root bytea not null,
  committed_at timestamptz(3) not null,
  primary key (log, size)
);
alter table audit_checkpoints enable row level security, force row level security;
create policy public_read on audit_checkpoints for select to app, app_guest using (true);
create policy system_all on audit_checkpoints for all to app_system using (true) with check (true);
grant select on audit_checkpoints to app, app_guest;
grant select, insert on audit_checkpoints to app_system;

-- Where to find entries. Who is in them is forgotten when a person is erased: ids become null, the entries stay.
create table audit_index (
  log integer not null references audit_logs (id),
  seq bigint not null,
  event_id text not null unique,
  type text not null,
  entity text not null,
  entity_id text,
  actor_id text,
  at timestamptz(3) not null,
  primary key (log, seq)
);
create index audit_index_time on audit_index (at);
create index audit_index_type on audit_index (type, log, seq);
create index audit_index_entity on audit_index (entity_id, log, seq) where entity_id is not null;
create index audit_index_actor on audit_index (actor_id, log, seq) where actor_id is not null;
alter table audit_index enable row level security, force row level security;
create policy admin_read on audit_index for select to app_admin using (true);
create policy system_all on audit_index for all to app_system using (true) with check (true);
grant select on audit_index to app_admin;
grant select, insert on audit_index to app_system;

-- Whose key seals which part of an entry. The person reads their own, for receipts.
create table audit_people (
  log integer not null references audit_logs (id),
  seq bigint not null,
  part integer not null,
  user_id text not null,
  event_id text not null,
  primary key (log, seq, part)
);
create index audit_people_person on audit_people (user_id, event_id);
create index audit_people_event on audit_people (event_id);
alter table audit_people enable row level security, force row level security;
create policy own_read on audit_people for select to app_user using (user_id = (select app_me()));
create policy admin_read on audit_people for select to app_admin using (true);
create policy system_all on audit_people for all to app_system using (true) with check (true);
grant select on audit_people to app_user;
grant select, insert on audit_people to app_system;

-- A key for each person, wrapped by the key in the data folder. Destroyed: the row says so, the key is gone.
create table audit_keys (
  user_id text primary key,
  wrapped bytea,
  -- `hold`: erased for everybody, but a legal hold keeps it until held_until, wrapped by the hold key.
  wrapped_by text not null default 'kek' constraint audit_keys_wrapped_by check (wrapped_by in ('kek', 'hold')),
  created_at timestamptz(3) not null,
  destroyed_at timestamptz(3),
  held_until timestamptz(3),
  constraint audit_keys_state check ((wrapped is null) = (destroyed_at is not null))
);
alter table audit_keys enable row level security, force row level security;
create policy system_all on audit_keys for all to app_system using (true) with check (true);
grant select, insert, update on audit_keys to app_system;

-- Refused to everybody, the owner of the tables too, and by triggers that fire in every session mode.
create function audit_refuse() returns trigger language plpgsql set search_path = public
as $$
begin
  raise exception 'the audit log can only be added to' using errcode = 'insufficient_privilege';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['audit_logs', 'audit_entries', 'audit_tiles', 'audit_checkpoints'] loop
    execute format(
      'create trigger append_only before update or delete or truncate on %I for each statement execute function audit_refuse()',
      name
    );
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['audit_index', 'audit_people', 'audit_keys'] loop
    execute format(
      'create trigger never_emptied before truncate on %I for each statement execute function audit_refuse()', name
    );
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
end $$;
create trigger append_only before update or truncate on audit_outbox for each statement execute function audit_refuse();
alter table audit_outbox enable always trigger append_only;

-- The one change the index knows: a person's id goes out of it. Runs as the owner, because nobody else may update.
create function app_audit_forget(person text) returns void
  language plpgsql security definer set search_path = public
as $$
begin
  update audit_index set actor_id = null where actor_id = person;
  update audit_index set entity_id = null where entity_id = person;
  delete from audit_people where user_id = person;
end $$;
revoke execute on function app_audit_forget(text) from public;
grant execute on function app_audit_forget(text) to app_system;
