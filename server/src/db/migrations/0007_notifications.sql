-- The inbox.

create table notifications (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  kind text not null,
  text text not null,
  data jsonb not null default '{}',
  sent_by text references profiles on delete set null,
  created_at timestamptz(3) not null,
  read_at timestamptz(3)
);
create index notifications_inbox on notifications (user_id, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
alter table notifications enable row level security, force row level security;
create policy own_read on notifications for select to app_user using (user_id = (select app_me()));
create policy own_mark_read on notifications for update to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy send_in_own_name on notifications for insert to app_user with check (sent_by = (select app_me()));
create policy system_all on notifications for all to app_system using (true) with check (true);
-- Who caused a notice is not for its reader.
grant select (id, user_id, kind, text, data, created_at, read_at) on notifications to app_user;
grant update (read_at) on notifications to app_user;
grant insert on notifications to app_user;
grant select, insert, update, delete on notifications to app_system;
