-- Appeals against every kind of decision, with a picture, a dialogue, and notes that admins keep among themselves.

alter table appeals
  add column violation_id text references user_violations on delete cascade,
  add column timeout_id text references timed_out_users on delete cascade,
  add column ban_record_id text references banned_viewers on delete cascade,
  -- Where its owner and admins fetch the picture; the file has the same unguessable name.
  add column appeal_screenshot_url text,
  -- The decision was taken back in another way before anybody read the appeal.
  add column closed_unheard boolean not null default false,
  -- Of the decision, as it was when the appeal was decided: what overturned decisions are counted by.
  add column decision_category text,
  add column decision_rule text,
  add column decision_by text references profiles on delete set null,
  add column decision_automatic boolean;
alter table appeals drop constraint appeals_subject;
alter table appeals add constraint appeals_subject
  check (num_nonnulls(penalty_id, strike_id, violation_id, timeout_id, ban_record_id) = 1);

update appeals as a set
  closed_unheard = a.reviewed_by_admin_id is null,
  decision_category = coalesce(p.category, s.category),
  decision_by = coalesce(p.issued_by, s.issued_by),
  decision_automatic = coalesce(p.cause = 'strikes', false)
from appeals as b
left join admin_penalties as p on p.id = b.penalty_id
left join content_safety_strikes as s on s.id = b.strike_id
where b.id = a.id and a.status <> 'pending';

create unique index appeals_one_a_violation on appeals (violation_id) where status in ('pending', 'denied');
create unique index appeals_one_a_timeout on appeals (timeout_id) where status in ('pending', 'denied');
create unique index appeals_one_a_ban on appeals (ban_record_id) where status in ('pending', 'denied');
create unique index appeals_screenshot on appeals (appeal_screenshot_url);
create index appeals_reviewed on appeals (reviewed_at desc) where status <> 'pending';

drop policy own_insert on appeals;
create policy own_insert on appeals for insert to app_user with check (
  user_id = (select app_me()) and status = 'pending'
  and (penalty_id is null or penalty_id in (select id from admin_penalties where user_id = (select app_me())))
  and (strike_id is null or strike_id in (select id from content_safety_strikes where user_id = (select app_me())))
  and (violation_id is null or violation_id in (select id from user_violations where user_id = (select app_me())))
  and (timeout_id is null or timeout_id in (select id from timed_out_users where user_id = (select app_me())))
  and (ban_record_id is null or ban_record_id in (select id from banned_viewers where user_id = (select app_me())))
);
grant select (violation_id, timeout_id, ban_record_id, appeal_screenshot_url, closed_unheard) on appeals to app_user;

-- What an admin asks and the appellant answers, while the appeal is open.
create table appeal_messages (
  id text primary key,
  appeal_id text not null references appeals on delete cascade,
  side text not null,
  -- The appellant hears an admin, not which one.
  author_id text references profiles on delete set null,
  message text not null,
  created_at timestamptz(3) not null,
  -- By the other side.
  read_at timestamptz(3),
  constraint appeal_messages_side check (side in ('appellant', 'admin'))
);
create index appeal_messages_thread on appeal_messages (appeal_id, id);
create index appeal_messages_unread on appeal_messages (appeal_id, side) where read_at is null;
alter table appeal_messages enable row level security, force row level security;
create policy own_read on appeal_messages for select to app_user
  using (appeal_id in (select id from appeals where user_id = (select app_me())));
create policy own_insert on appeal_messages for insert to app_user with check (
  side = 'appellant' and author_id = (select app_me())
  and appeal_id in (select id from appeals where user_id = (select app_me()) and status = 'pending')
);
create policy admin_read on appeal_messages for select to app_admin using (true);
create policy admin_insert on appeal_messages for insert to app_admin with check (
  side = 'admin' and author_id = (select app_me())
  and appeal_id in (select id from appeals where user_id <> (select app_me()) and status = 'pending')
);
create policy system_all on appeal_messages for all to app_system using (true) with check (true);
grant select (id, appeal_id, side, message, created_at, read_at), insert on appeal_messages to app_user;
grant select, insert on appeal_messages to app_admin;
grant select, insert, update, delete on appeal_messages to app_system;

-- What admins write for each other: never shown to the person concerned, and gone with an erasure.
create table appeal_notes (
  id text primary key,
  appeal_id text not null references appeals on delete cascade,
  author_id text references profiles on delete set null,
  note text not null,
  created_at timestamptz(3) not null
);
create index appeal_notes_thread on appeal_notes (appeal_id, id);
alter table appeal_notes enable row level security, force row level security;
-- An admin who appeals is a person concerned like everybody else.
create policy admin_read on appeal_notes for select to app_admin
  using (appeal_id in (select id from appeals where user_id <> (select app_me())));
create policy admin_insert on appeal_notes for insert to app_admin with check (
  author_id = (select app_me()) and appeal_id in (select id from appeals where user_id <> (select app_me()))
);
create policy system_all on appeal_notes for all to app_system using (true) with check (true);
grant select, insert on appeal_notes to app_admin;
grant select, insert, update, delete on appeal_notes to app_system;
