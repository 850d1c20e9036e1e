-- Broadcasts, what was counted while they ran, who was there, and what stays.

create table livestreams (
  id text primary key,
  channel_id text not null references channels on delete cascade,
  title text not null,
  description text not null default '',
  category text not null default '',
  dante_realm text not null default 'purgatorio',
  patron_only boolean not null default false,
  record boolean not null default true,
  is_active boolean not null default true,
  media_state text not null default 'waiting',
  viewers integer not null default 0,
  peak_viewers integer not null default 0,
  media_ms bigint not null default 0,
  last_media_at timestamptz(3),
  chat_modes jsonb not null default '{"version":1,"slowSeconds":null,"followersMinutes":null,"patronsOnly":false,"emoteOnly":false,"uniqueChat":false,"shield":false}',
  started_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text,
  updated_at timestamptz(3) not null,
  constraint livestreams_realm check (dante_realm in ('inferno', 'purgatorio', 'paradiso')),
  constraint livestreams_media_state check (media_state in ('waiting', 'live', 'interrupted', 'ended')),
  constraint livestreams_ended check (is_active = (ended_at is null)),
  constraint livestreams_counts check (viewers >= 0 and peak_viewers >= 0 and media_ms >= 0)
);
create unique index livestreams_one_active on livestreams (channel_id) where is_active;
create index livestreams_most_watched on livestreams (viewers desc, id desc) where is_active;
create index livestreams_by_channel on livestreams (channel_id, started_at desc, id desc);
alter table livestreams enable row level security, force row level security;
create policy public_read on livestreams for select to app, app_guest using (true);
create policy owner_insert on livestreams for insert to app_user with check (channel_id = (select app_me()));
create policy owner_update on livestreams for update to app_user
  using (channel_id = (select app_me())) with check (channel_id = (select app_me()));
create policy admin_update on livestreams for update to app_admin using (true) with check (true);
create policy system_all on livestreams for all to app_system using (true) with check (true);
grant select on livestreams to app, app_guest;
grant insert, update on livestreams to app_user;
grant select, insert, update, delete on livestreams to app_system;

create table stream_reactions (
  stream_id text not null references livestreams on delete cascade,
  type text not null,
  count bigint not null default 0,
  primary key (stream_id, type),
  constraint stream_reactions_type check (type in ('heart', 'fire', 'clap', 'mind-blown', 'laughing')),
  constraint stream_reactions_count check (count >= 0)
);
alter table stream_reactions enable row level security, force row level security;
create policy public_read on stream_reactions for select to app, app_guest using (true);
create policy system_all on stream_reactions for all to app_system using (true) with check (true);
grant select on stream_reactions to app, app_guest;
grant select, insert, update, delete on stream_reactions to app_system;

create table stream_visits (
  id text primary key,
  stream_id text not null references livestreams on delete cascade,
  viewer text not null,
  user_id text references profiles on delete set null,
  joined_at timestamptz(3) not null,
  left_at timestamptz(3)
);
create index stream_visits_viewer on stream_visits (stream_id, viewer, joined_at desc);
create index stream_visits_user on stream_visits (user_id);
alter table stream_visits enable row level security, force row level security;
create policy admin_read on stream_visits for select to app_admin using (true);
create policy system_all on stream_visits for all to app_system using (true) with check (true);
grant select on stream_visits to app_admin;
grant select, insert, update, delete on stream_visits to app_system;

create table videos (
  id text primary key,
  channel_id text not null references channels on delete cascade,
  stream_id text references livestreams on delete set null,
  title text not null,
  dante_realm text not null default 'purgatorio',
  duration_ms bigint not null,
  size_bytes bigint not null,
  is_public boolean not null,
  patron_only boolean not null default false,
  file_key text not null,
  thumbnail_key text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint videos_realm check (dante_realm in ('inferno', 'purgatorio', 'paradiso')),
  constraint videos_not_both check (not (is_public and patron_only))
);
create unique index videos_stream on videos (stream_id);
create index videos_newest on videos (created_at desc, id desc);
create index videos_by_channel on videos (channel_id, created_at desc, id desc);
alter table videos enable row level security, force row level security;
create policy public_read on videos for select to app, app_guest using (is_public);
create policy patron_read on videos for select to app_user
  using ((patron_only and channel_id in (select app_channels_i_patronise())) or channel_id in (select app_channels_i_moderate()));
create policy owner_update on videos for update to app_user
  using (channel_id = (select app_me())) with check (channel_id = (select app_me()));
create policy admin_read on videos for select to app_admin using (true);
create policy admin_update on videos for update to app_admin using (true) with check (true);
create policy system_all on videos for all to app_system using (true) with check (true);
grant select on videos to app, app_guest;
grant update (title, is_public, updated_at) on videos to app_user;
grant select, insert, update, delete on videos to app_system;
