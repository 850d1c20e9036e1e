-- People and the one-time links that let the first admin in.

create table profiles (
  id text primary key,
  display_name text not null,
  display_name_skeleton text not null,
  bio text not null default '',
  language text not null default 'en',
  time_zone text not null default 'UTC',
  tier text not null default 'free',
  role text not null default 'user',
  avatar_key text,
  is_demo boolean not null default false,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint profiles_language check (language in ('en', 'de')),
  constraint profiles_tier check (tier in ('free', 'pro', 'premium')),
  constraint profiles_role check (role in ('user', 'moderator', 'admin'))
);
create unique index profiles_skeleton_key on profiles (display_name_skeleton);
create index profiles_newest on profiles (created_at desc, id desc);
alter table profiles enable row level security, force row level security;
create policy public_read on profiles for select to app, app_guest using (true);
create policy own_update on profiles for update to app_user
  using (id = (select app_me())) with check (id = (select app_me()));
create policy admin_update on profiles for update to app_admin using (true) with check (true);
create policy system_all on profiles for all to app_system using (true) with check (true);
grant select (id, display_name, bio, role, avatar_key, is_demo, created_at) on profiles to app, app_guest;
grant select on profiles to app_user;
grant update (display_name, display_name_skeleton, bio, language, time_zone, avatar_key, updated_at) on profiles to app_user;
grant update (tier, role, updated_at) on profiles to app_admin;
grant select, insert, update, delete on profiles to app_system;

create table setup_tokens (
  token_hash text primary key,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3),
  used_at timestamptz(3)
);
alter table setup_tokens enable row level security, force row level security;
create policy system_all on setup_tokens for all to app_system using (true) with check (true);
grant select, insert, update, delete on setup_tokens to app_system;
