-- A creator's permanent place, its people and its stream key.

create table channels (
  id text primary key references profiles on delete cascade,
  description text not null default '',
  default_title text not null default '',
  default_realm text not null default 'purgatorio',
  default_category text not null default '',
  record boolean not null default true,
  followers integer not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint channels_realm check (default_realm in ('inferno', 'purgatorio', 'paradiso'))
);
alter table channels enable row level security, force row level security;
create policy public_read on channels for select to app, app_guest using (true);
create policy owner_update on channels for update to app_user
  using (id = (select app_me())) with check (id = (select app_me()));
create policy system_all on channels for all to app_system using (true) with check (true);
grant select on channels to app, app_guest;
grant update (description, default_title, default_realm, default_category, record, updated_at) on channels to app_user;
grant select, insert, update, delete on channels to app_system;

create table stream_keys (
  channel_id text primary key references channels on delete cascade,
  key text not null,
  created_at timestamptz(3) not null
);
create unique index stream_keys_key on stream_keys (key);
alter table stream_keys enable row level security, force row level security;
create policy owner_all on stream_keys for all to app_user
  using (channel_id = (select app_me())) with check (channel_id = (select app_me()));
create policy system_all on stream_keys for all to app_system using (true) with check (true);
grant select, insert, update on stream_keys to app_user;
grant select, insert, update, delete on stream_keys to app_system;

create table channel_members (
  channel_id text not null references channels on delete cascade,
  user_id text not null references profiles on delete cascade,
  role text not null,
  granted_by text references profiles on delete set null,
  since timestamptz(3) not null,
  primary key (channel_id, user_id, role),
  constraint channel_members_role check (role in ('moderator', 'vip', 'patron'))
);
create index channel_members_user on channel_members (user_id);

-- Security definer, so that a policy may ask them without asking itself again.
create function app_channels_i_moderate() returns setof text
  language sql stable security definer set search_path = public
as $$
  select app_me() where app_me() is not null
  union
  select channel_id from channel_members where user_id = app_me() and role = 'moderator'
$$;
create function app_channels_i_patronise() returns setof text
  language sql stable security definer set search_path = public
as $$
  select app_me() where app_me() is not null
  union
  select channel_id from channel_members where user_id = app_me() and role in ('patron', 'moderator')
$$;
alter function app_channels_i_moderate() owner to app_system;
alter function app_channels_i_patronise() owner to app_system;

alter table channel_members enable row level security, force row level security;
create policy concerned_read on channel_members for select to app_user
  using (user_id = (select app_me()) or channel_id in (select app_channels_i_moderate()));
create policy owner_grants on channel_members for insert to app_user with check (channel_id = (select app_me()));
create policy owner_revokes on channel_members for delete to app_user using (channel_id = (select app_me()));
create policy admin_read on channel_members for select to app_admin using (true);
create policy system_all on channel_members for all to app_system using (true) with check (true);
grant select, insert, delete on channel_members to app_user;
grant select, insert, update, delete on channel_members to app_system;

create table follows (
  channel_id text not null references channels on delete cascade,
  user_id text not null references profiles on delete cascade,
  since timestamptz(3) not null,
  primary key (channel_id, user_id),
  constraint follows_not_self check (channel_id <> user_id)
);
create index follows_user on follows (user_id, since desc);
alter table follows enable row level security, force row level security;
create policy concerned_read on follows for select to app_user
  using (user_id = (select app_me()) or channel_id in (select app_channels_i_moderate()));
create policy own_insert on follows for insert to app_user with check (user_id = (select app_me()));
create policy own_delete on follows for delete to app_user using (user_id = (select app_me()));
create policy admin_read on follows for select to app_admin using (true);
create policy system_all on follows for all to app_system using (true) with check (true);
grant select, insert, delete on follows to app_user;
grant select, insert, update, delete on follows to app_system;

create function app_count_follower() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op = 'INSERT' then
    update channels set followers = followers + 1 where id = new.channel_id;
  else
    update channels set followers = followers - 1 where id = old.channel_id;
  end if;
  return null;
end $$;
alter function app_count_follower() owner to app_system;
create trigger follows_counted after insert or delete on follows for each row execute function app_count_follower();
