-- What decisions removed and how it was to be seen before, the reasons given for every restriction, and the reports
-- of people who may not raise any.

create table content_removals (
  id text primary key,
  decision_kind text not null,
  decision_id text not null,
  subject_type text not null,
  subject_id text not null,
  owner_id text references profiles on delete set null,
  is_withheld boolean not null default false,
  previous jsonb not null,
  removed_by text references profiles on delete set null,
  removed_at timestamptz(3) not null,
  restored_at timestamptz(3),
  constraint content_removals_decision check (decision_kind in ('report', 'dmca', 'review', 'penalty')),
  constraint content_removals_subject check (subject_type in ('livestream', 'video', 'message'))
);
create unique index content_removals_once on content_removals (decision_kind, decision_id, subject_type, subject_id)
  where restored_at is null;
create index content_removals_in_force on content_removals (subject_type, subject_id) where restored_at is null;
create index content_removals_owner on content_removals (owner_id);
alter table content_removals enable row level security, force row level security;
create policy own_read on content_removals for select to app_user using (owner_id = (select app_me()));
create policy admin_read on content_removals for select to app_admin using (true);
create policy system_all on content_removals for all to app_system using (true) with check (true);
-- Who removed it is not for its owner.
grant select (id, decision_kind, decision_id, subject_type, subject_id, owner_id, is_withheld, removed_at, restored_at)
  on content_removals to app_user;
grant select on content_removals to app_admin;
grant select, insert, update, delete on content_removals to app_system;

-- Null, or what a decision made of it: the last word on who may see a recording, whatever its owner sets.
alter table videos add column removal text,
  add constraint videos_removal check (removal in ('removed', 'withheld')),
  add constraint videos_removed_not_public check (removal is null or not is_public);
drop policy patron_read on videos;
create policy patron_read on videos for select to app_user
  using (removal is null and ((patron_only and channel_id in (select app_channels_i_patronise()))
    or channel_id in (select app_channels_i_moderate())));
create policy owner_read on videos for select to app_user using (channel_id = (select app_me()));
drop policy staff_read on videos;
create policy staff_read on videos for select to app_mod
  using (removal is null and patron_only and (select app_me()) is not null);

create table statements_of_reasons (
  id text primary key,
  user_id text references profiles on delete set null,
  decision_kind text not null,
  decision_id text not null,
  restriction text not null,
  subject_type text,
  subject_id text,
  subject_title text,
  subject_at timestamptz(3),
  reason text not null,
  ground text not null,
  rule text not null,
  explanation text not null,
  category text not null,
  source text not null,
  automated_detection boolean not null,
  automated_decision text not null,
  ends_at timestamptz(3),
  warning text,
  appeal_type text,
  appeal_id text,
  letter text not null,
  notification_id text not null,
  receipt text,
  issued_by text references profiles on delete set null,
  created_at timestamptz(3) not null,
  reversed_at timestamptz(3),
  reversed_because text,
  constraint statements_of_reasons_ground check (ground in ('illegal', 'terms')),
  constraint statements_of_reasons_automated check (automated_decision in ('none', 'partly', 'fully')),
  constraint statements_of_reasons_appeal check ((appeal_type is null) = (appeal_id is null))
);
create unique index statements_of_reasons_once on statements_of_reasons (decision_kind, decision_id);
create index statements_of_reasons_person on statements_of_reasons (user_id, id desc);
create index statements_of_reasons_subject on statements_of_reasons (subject_type, subject_id);
create index statements_of_reasons_time on statements_of_reasons (created_at desc, id desc);
alter table statements_of_reasons enable row level security, force row level security;
create policy own_read on statements_of_reasons for select to app_user using (user_id = (select app_me()));
create policy admin_read on statements_of_reasons for select to app_admin using (true);
create policy admin_insert on statements_of_reasons for insert to app_admin with check (issued_by = (select app_me()));
create policy system_all on statements_of_reasons for all to app_system using (true) with check (true);
grant select (id, user_id, decision_kind, decision_id, restriction, subject_type, subject_id, subject_title, subject_at,
  reason, ground, rule, explanation, category, source, automated_detection, automated_decision, ends_at, warning,
  appeal_type, appeal_id, letter, notification_id, receipt, created_at, reversed_at, reversed_because)
  on statements_of_reasons to app_user;
grant select, insert on statements_of_reasons to app_admin;
grant select, insert, update, delete on statements_of_reasons to app_system;

-- What became of a statement at the public database: absent until it was tried.
create table statement_exports (
  statement_id text primary key references statements_of_reasons on delete cascade,
  state text not null,
  problem text,
  tried_at timestamptz(3) not null,
  constraint statement_exports_state check (state in ('sent', 'refused'))
);
alter table statement_exports enable row level security, force row level security;
create policy admin_read on statement_exports for select to app_admin using (true);
create policy system_all on statement_exports for all to app_system using (true) with check (true);
grant select on statement_exports to app_admin;
grant select, insert, update, delete on statement_exports to app_system;

-- Reports of muted people are taken and set aside: they open nothing and raise nothing.
alter table reports add column set_aside boolean not null default false,
  add column is_abusive boolean not null default false,
  add column strike_id text;
drop index reports_one_pending;
create unique index reports_one_pending on reports (subject_type, subject_id) where status = 'pending' and not set_aside;
create index reports_by_owner on reports (subject_owner_id, created_at desc);
create index reports_strike on reports (strike_id);

create table report_mutes (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  abusive_reports integer not null,
  created_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text references profiles on delete set null,
  constraint report_mutes_end check (ends_at > created_at)
);
create index report_mutes_person on report_mutes (user_id, ends_at desc);
alter table report_mutes enable row level security, force row level security;
create policy own_read on report_mutes for select to app_user using (user_id = (select app_me()));
create policy admin_read on report_mutes for select to app_admin using (true);
create policy system_all on report_mutes for all to app_system using (true) with check (true);
grant select (id, user_id, abusive_reports, created_at, ends_at, lifted_at) on report_mutes to app_user;
grant select on report_mutes to app_admin;
grant select, insert, update, delete on report_mutes to app_system;
