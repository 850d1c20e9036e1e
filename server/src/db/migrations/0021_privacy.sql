-- Copies of one's data, erasures that were asked for, and holds that keep data for a case of law.

create table data_exports (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  status text not null default 'preparing',
  progress integer not null default 0,
  requested_at timestamptz(3) not null,
  ready_at timestamptz(3),
  expires_at timestamptz(3),
  size_bytes bigint,
  lease_until timestamptz(3),
  constraint data_exports_status check (status in ('preparing', 'ready', 'failed', 'expired')),
  constraint data_exports_progress check (progress between 0 and 100)
);
create unique index data_exports_one_at_a_time on data_exports (user_id) where status = 'preparing';
create index data_exports_person on data_exports (user_id, requested_at desc);
alter table data_exports enable row level security, force row level security;
create policy own_read on data_exports for select to app_user using (user_id = (select app_me()));
create policy own_insert on data_exports for insert to app_user
  with check (user_id = (select app_me()) and status = 'preparing');
create policy system_all on data_exports for all to app_system using (true) with check (true);
grant select, insert on data_exports to app_user;
grant select, insert, update, delete on data_exports to app_system;

create table erasures (
  user_id text primary key references profiles on delete cascade,
  asked_at timestamptz(3) not null,
  erases_at timestamptz(3) not null,
  status text not null default 'asked',
  erased_at timestamptz(3),
  constraint erasures_status check (status in ('asked', 'restricted', 'done')),
  constraint erasures_done check ((status = 'done') = (erased_at is not null))
);
alter table erasures enable row level security, force row level security;
create policy own_read on erasures for select to app_user using (user_id = (select app_me()));
create policy admin_read on erasures for select to app_admin using (true);
create policy system_all on erasures for all to app_system using (true) with check (true);
grant select on erasures to app_user;
grant select, insert, update, delete on erasures to app_system;

create table legal_holds (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  case_reference text not null,
  authority text not null,
  reason text not null,
  created_by text references profiles on delete set null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  released_at timestamptz(3),
  released_by text references profiles on delete set null,
  constraint legal_holds_end check (expires_at > created_at)
);
create index legal_holds_in_force on legal_holds (user_id, expires_at) where released_at is null;
alter table legal_holds enable row level security, force row level security;
create policy admin_read on legal_holds for select to app_admin using (true);
create policy admin_insert on legal_holds for insert to app_admin with check (created_by = (select app_me()));
create policy admin_update on legal_holds for update to app_admin using (true) with check (true);
create policy system_all on legal_holds for all to app_system using (true) with check (true);
grant select, insert, update on legal_holds to app_admin;
grant select, insert, update, delete on legal_holds to app_system;

-- What stays of a person where others' records name them: a place without a name.
alter table profiles add column erased_at timestamptz(3);
grant select (erased_at) on profiles to app, app_guest;
