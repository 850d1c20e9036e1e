-- Notices that wait until their decision cannot be undone any more, what a notice is about, and the same by e-mail.

-- Not null: nobody reads it yet. Delivery clears it, so that no reader needs to know the time.
alter table notifications add column held_until timestamptz(3),
  add column topic text not null default 'account',
  add constraint notifications_topic check (topic in ('decisions', 'money', 'social', 'account'));
update notifications set topic = case
  when kind ~ '^(message_|tip_message_|statement\.|penalty_|strike|appeal_|dmca\.|report)' then 'decisions'
  when kind ~ '^(subscription|payment|patronage|earnings|payout|bonus|ledger)' then 'money'
  when kind ~ '^(livestream\.|channel\.)' then 'social'
  else 'account' end;
create index notifications_topic on notifications (user_id, topic, id desc);
grant select (topic, held_until) on notifications to app_user;
drop policy own_read on notifications;
create policy own_read on notifications for select to app_user
  using (user_id = (select app_me()) and held_until is null);
drop policy own_mark_read on notifications;
create policy own_mark_read on notifications for update to app_user
  using (user_id = (select app_me()) and held_until is null) with check (user_id = (select app_me()));

-- The reasons wait with their notice.
alter table statements_of_reasons add column held_until timestamptz(3);
grant select (held_until) on statements_of_reasons to app_user;
drop policy own_read on statements_of_reasons;
create policy own_read on statements_of_reasons for select to app_user
  using (user_id = (select app_me()) and held_until is null);

-- What a person wants by e-mail. No row: decisions alone. An address that refused letters for good gets none until its
-- owner says so, or has another.
create table mail_preferences (
  user_id text primary key references profiles on delete cascade,
  notices text not null default 'decisions',
  refused_address text,
  refused_at timestamptz(3),
  refused_because text,
  updated_at timestamptz(3) not null,
  constraint mail_preferences_notices check (notices in ('all', 'decisions', 'required')),
  constraint mail_preferences_refused check (num_nonnulls(refused_address, refused_at, refused_because) in (0, 3))
);
alter table mail_preferences enable row level security, force row level security;
create policy own_read on mail_preferences for select to app_user using (user_id = (select app_me()));
create policy own_insert on mail_preferences for insert to app_user with check (user_id = (select app_me()));
create policy own_update on mail_preferences for update to app_user
  using (user_id = (select app_me())) with check (user_id = (select app_me()));
create policy system_all on mail_preferences for all to app_system using (true) with check (true);
grant select on mail_preferences to app_user;
grant insert on mail_preferences to app_user;
grant update (notices, refused_address, refused_at, refused_because, updated_at) on mail_preferences to app_user;
grant select, insert, update, delete on mail_preferences to app_system;

-- Letters to send, one a notice. Whoever sends one holds a lease on it, in real time.
create table notice_mails (
  notification_id text primary key references notifications on delete cascade,
  user_id text not null references profiles on delete cascade,
  state text not null default 'waiting',
  attempts integer not null default 0,
  next_try_at timestamptz(3) not null,
  lease_until timestamptz(3),
  problem text,
  created_at timestamptz(3) not null,
  done_at timestamptz(3),
  constraint notice_mails_state check (state in ('waiting', 'sent', 'refused', 'given_up', 'not_wanted'))
);
create index notice_mails_waiting on notice_mails (next_try_at) where state = 'waiting';
create index notice_mails_person on notice_mails (user_id);
alter table notice_mails enable row level security, force row level security;
create policy system_all on notice_mails for all to app_system using (true) with check (true);
grant select, insert, update, delete on notice_mails to app_system;
