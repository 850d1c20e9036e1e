-- Reports: one open report a subject, one voice a person.

create table reports (
  id text primary key,
  subject_type text not null,
  subject_id text not null,
  subject_owner_id text references profiles on delete set null,
  reason text not null,
  status text not null default 'pending',
  voices integer not null default 1,
  created_at timestamptz(3) not null,
  resolved_at timestamptz(3),
  resolved_by text references profiles on delete set null,
  resolution text,
  constraint reports_subject_type check (subject_type in ('livestream', 'video', 'message', 'comment', 'user')),
  constraint reports_status check (status in ('pending', 'approved', 'rejected')),
  constraint reports_voices check (voices >= 1)
);
create unique index reports_one_pending on reports (subject_type, subject_id) where status = 'pending';
create index reports_by_status on reports (status, created_at desc, id desc);
alter table reports enable row level security, force row level security;
create policy admin_read on reports for select to app_admin using (true);
create policy admin_update on reports for update to app_admin using (true) with check (true);
create policy system_all on reports for all to app_system using (true) with check (true);
grant select (id, subject_type, subject_id, reason, status, created_at) on reports to app_user;
grant select, update on reports to app_admin;
grant select, insert, update, delete on reports to app_system;

create table report_voices (
  id text primary key,
  report_id text not null references reports on delete cascade,
  reporter_id text not null references profiles on delete cascade,
  reason text not null,
  description text not null default '',
  created_at timestamptz(3) not null
);
create unique index report_voices_once on report_voices (report_id, reporter_id);
create index report_voices_reporter on report_voices (reporter_id);
alter table report_voices enable row level security, force row level security;
create policy own_read on report_voices for select to app_user using (reporter_id = (select app_me()));
create policy admin_read on report_voices for select to app_admin using (true);
create policy system_all on report_voices for all to app_system using (true) with check (true);
grant select on report_voices to app_user;
grant select, insert, update, delete on report_voices to app_system;

-- After the table it asks.
create policy reporter_read on reports for select to app_user
  using (id in (select report_id from report_voices where reporter_id = (select app_me())));
