-- Chat, partitioned by month.

create table stream_messages (
  id text not null,
  stream_id text not null,
  channel_id text not null,
  patron_only boolean not null default false,
  user_id text not null,
  display_name text not null,
  message text not null,
  dante_realm text not null,
  badges text[] not null default '{}',
  seq bigint not null,
  status text not null,
  risk_score real not null default 0,
  category text,
  scored_by text not null,
  client_id text,
  created_at timestamptz(3) not null,
  approved_at timestamptz(3),
  primary key (id, created_at),
  constraint stream_messages_status check (status in ('published', 'held', 'blocked', 'removed', 'rejected')),
  constraint stream_messages_score check (risk_score between 0 and 1)
) partition by range (created_at);
create index stream_messages_newest on stream_messages (stream_id, id desc);
create index stream_messages_seq on stream_messages (stream_id, seq);
create index stream_messages_author on stream_messages (user_id, created_at desc);
create index stream_messages_time on stream_messages using brin (created_at);
alter table stream_messages enable row level security, force row level security;
create policy public_read on stream_messages for select to app, app_guest
  using (status = 'published' and not patron_only);
create policy patron_read on stream_messages for select to app_user
  using (status = 'published' and patron_only and channel_id in (select app_channels_i_patronise()));
create policy own_read on stream_messages for select to app_user using (user_id = (select app_me()));
create policy moderator_read on stream_messages for select to app_user
  using (channel_id in (select app_channels_i_moderate()));
create policy admin_read on stream_messages for select to app_admin using (true);
create policy system_all on stream_messages for all to app_system using (true) with check (true);
grant select on stream_messages to app, app_guest;
grant select, insert, update, delete on stream_messages to app_system;

-- Makes the partitions of `months` months from the one `since` lies in. A month some of whose rows already lie in
-- the DEFAULT partition stays there: PostgreSQL refuses such a partition, and inserts go on working.
create function app_make_message_partitions(since timestamptz, months integer) returns integer
  language plpgsql security definer set search_path = public
as $$
declare
  first date := date_trunc('month', since at time zone 'UTC')::date;
  month date;
  name text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('stream_messages partitions'));
  for i in 0 .. months - 1 loop
    month := (first + make_interval(months => i))::date;
    name := 'stream_messages_' || to_char(month, 'YYYY_MM');
    if to_regclass('public.' || name) is null and not exists (
      select 1 from only stream_messages_default
      where created_at >= (month::timestamp at time zone 'UTC')
        and created_at < ((month + interval '1 month') at time zone 'UTC')
    ) then
      execute format(
        'create table %I partition of stream_messages for values from (%L) to (%L)',
        name, month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC'
      );
      perform app_index_message_partition(name);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

-- What a unique index over all partitions cannot say without the time in it, each partition says for itself.
create function app_index_message_partition(name text) returns void
  language plpgsql set search_path = public
as $$
begin
  execute format('create unique index %I on %I (stream_id, seq)', name || '_seq_key', name);
  execute format(
    'create unique index %I on %I (stream_id, user_id, client_id) where client_id is not null',
    name || '_client_key', name
  );
end $$;

create table stream_messages_default partition of stream_messages default;
select app_index_message_partition('stream_messages_default');
revoke execute on function app_make_message_partitions(timestamptz, integer) from public;
revoke execute on function app_index_message_partition(text) from public;
grant execute on function app_make_message_partitions(timestamptz, integer) to app_system;
