-- What keeps a person out of a chat, a channel, the platform.

create table timed_out_users (
  id text primary key,
  channel_id text not null references channels on delete cascade,
  user_id text not null references profiles on delete cascade,
  moderator_id text references profiles on delete set null,
  reason text not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text references profiles on delete set null
);
create index timed_out_users_in_force on timed_out_users (channel_id, user_id, expires_at desc) where lifted_at is null;
create index timed_out_users_person on timed_out_users (user_id);
alter table timed_out_users enable row level security, force row level security;
create policy concerned_read on timed_out_users for select to app_user
  using (user_id = (select app_me()) or channel_id in (select app_channels_i_moderate()));
create policy moderator_insert on timed_out_users for insert to app_user
  with check (channel_id in (select app_channels_i_moderate()));
create policy moderator_update on timed_out_users for update to app_user
  using (channel_id in (select app_channels_i_moderate()))
  with check (channel_id in (select app_channels_i_moderate()));
create policy admin_all on timed_out_users for all to app_admin using (true) with check (true);
create policy system_all on timed_out_users for all to app_system using (true) with check (true);
grant select, insert, update on timed_out_users to app_user;
grant select, insert, update, delete on timed_out_users to app_system;

create table banned_viewers (
  id text primary key,
  channel_id text not null references channels on delete cascade,
  user_id text not null references profiles on delete cascade,
  banned_by text references profiles on delete set null,
  reason text not null,
  category text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  lifted_at timestamptz(3),
  lifted_by text references profiles on delete set null
);
create index banned_viewers_in_force on banned_viewers (channel_id, user_id) where lifted_at is null;
create index banned_viewers_person on banned_viewers (user_id);
alter table banned_viewers enable row level security, force row level security;
create policy concerned_read on banned_viewers for select to app_user
  using (user_id = (select app_me()) or channel_id in (select app_channels_i_moderate()));
create policy moderator_insert on banned_viewers for insert to app_user
  with check (channel_id in (select app_channels_i_moderate()));
create policy moderator_update on banned_viewers for update to app_user
  using (channel_id in (select app_channels_i_moderate()))
  with check (channel_id in (select app_channels_i_moderate()));
create policy admin_all on banned_viewers for all to app_admin using (true) with check (true);
create policy system_all on banned_viewers for all to app_system using (true) with check (true);
grant select, insert, update on banned_viewers to app_user;
grant select, insert, update, delete on banned_viewers to app_system;

create table admin_penalties (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  severity text not null,
  reason text not null,
  category text,
  duration_hours integer,
  evidence_link text,
  policy_reference text,
  issued_by text references profiles on delete set null,
  issued_at timestamptz(3) not null,
  expires_at timestamptz(3),
  is_active boolean not null default true,
  deactivated_at timestamptz(3),
  deactivated_by text references profiles on delete set null,
  constraint admin_penalties_severity check (severity in ('temporary', 'permanent')),
  constraint admin_penalties_end check ((severity = 'permanent') = (expires_at is null))
);
create index admin_penalties_in_force on admin_penalties (user_id) where is_active;
alter table admin_penalties enable row level security, force row level security;
create policy own_read on admin_penalties for select to app_user using (user_id = (select app_me()));
create policy admin_read on admin_penalties for select to app_admin using (true);
create policy admin_insert on admin_penalties for insert to app_admin with check (issued_by = (select app_me()));
create policy admin_update on admin_penalties for update to app_admin using (true) with check (true);
create policy system_all on admin_penalties for all to app_system using (true) with check (true);
grant select on admin_penalties to app_user;
grant insert, update on admin_penalties to app_admin;
grant select, insert, update, delete on admin_penalties to app_system;
