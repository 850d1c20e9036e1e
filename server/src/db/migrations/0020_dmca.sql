-- Notices of claimed infringement (17 U.S.C. § 512), counter-notices, sealed evidence, and what happened when.

create table dmca_notices (
  id text primary key,
  status text not null,
  source text not null,
  target_type text,
  target_id text,
  target_owner_id text references profiles on delete set null,
  target_title text not null default '',
  lineage_key text,
  claimant_name text not null default '',
  claimant_address text not null default '',
  claimant_email text not null default '',
  claimant_phone text not null default '',
  claimed_work text not null default '',
  claimed_work_url text,
  material_url text not null default '',
  good_faith boolean not null default false,
  accuracy_under_perjury boolean not null default false,
  signature text not null default '',
  token_hash text not null,
  received_at timestamptz(3) not null,
  entered_by text references profiles on delete set null,
  decided_at timestamptz(3),
  decided_by text references profiles on delete set null,
  decision text,
  decision_reason text,
  strike_id text,
  counter_received_at timestamptz(3),
  put_back_at timestamptz(3),
  late_at timestamptz(3),
  breach_at timestamptz(3),
  alarm text,
  court text,
  court_reference text,
  court_at timestamptz(3),
  restored_at timestamptz(3),
  restored_cause text,
  retracted_at timestamptz(3),
  retraction_reason text,
  constraint dmca_notices_status check (status in ('incomplete', 'chased', 'void', 'valid', 'approved', 'rejected',
    'counter_noticed', 'in_court', 'restored', 'retracted')),
  constraint dmca_notices_source check (source in ('form', 'mail', 'post')),
  constraint dmca_notices_target check (target_type in ('video', 'livestream')),
  constraint dmca_notices_decided check ((decided_at is null) = (decision is null)),
  constraint dmca_notices_decision check (decision in ('approved', 'rejected')),
  constraint dmca_notices_clock check ((counter_received_at is null) = (put_back_at is null)),
  constraint dmca_notices_alarm check (alarm in ('late', 'breach')),
  constraint dmca_notices_restored check ((restored_at is null) = (restored_cause is null))
);
create unique index dmca_notices_token on dmca_notices (token_hash);
create index dmca_notices_by_status on dmca_notices (status, received_at desc, id desc);
create index dmca_notices_newest on dmca_notices (received_at desc, id desc);
create index dmca_notices_owner on dmca_notices (target_owner_id, decided_at desc);
create index dmca_notices_lineage on dmca_notices (lineage_key);
create index dmca_notices_strike on dmca_notices (strike_id);
alter table dmca_notices enable row level security, force row level security;
-- The creator reads what was decided about their own: who claims what, not where the claimant lives.
create policy concerned_read on dmca_notices for select to app_user
  using (target_owner_id = (select app_me()) and decided_at is not null);
create policy admin_read on dmca_notices for select to app_admin using (true);
create policy system_all on dmca_notices for all to app_system using (true) with check (true);
grant select (id, status, source, target_type, target_id, target_owner_id, target_title, claimant_name, claimed_work,
  claimed_work_url, material_url, received_at, decided_at, decision, decision_reason, counter_received_at, put_back_at,
  late_at, breach_at, court, court_reference, court_at, restored_at, restored_cause, retracted_at)
  on dmca_notices to app_user;
grant select on dmca_notices to app_admin;
grant select, insert, update, delete on dmca_notices to app_system;

create table dmca_counter_notices (
  notice_id text primary key references dmca_notices on delete cascade,
  user_id text references profiles on delete set null,
  name text not null,
  address text not null,
  email text not null,
  phone text not null,
  material_location text not null,
  signature text not null,
  received_at timestamptz(3) not null
);
create index dmca_counter_notices_person on dmca_counter_notices (user_id);
alter table dmca_counter_notices enable row level security, force row level security;
create policy own_read on dmca_counter_notices for select to app_user using (user_id = (select app_me()));
create policy admin_read on dmca_counter_notices for select to app_admin using (true);
create policy system_all on dmca_counter_notices for all to app_system using (true) with check (true);
grant select on dmca_counter_notices to app_user;
grant select, insert, update, delete on dmca_counter_notices to app_system;

-- Encrypted before it comes here; `sha256` is of the sealed bytes and stands in the audit log.
create table dmca_evidence (
  id text primary key,
  notice_id text not null references dmca_notices on delete cascade,
  kind text not null,
  sealed bytea not null,
  sha256 text not null,
  sealed_at timestamptz(3) not null,
  constraint dmca_evidence_kind check (kind in ('decision', 'recording'))
);
create unique index dmca_evidence_once on dmca_evidence (notice_id, kind);
alter table dmca_evidence enable row level security, force row level security;
create policy admin_read on dmca_evidence for select to app_admin using (true);
create policy system_all on dmca_evidence for all to app_system using (true) with check (true);
grant select on dmca_evidence to app_admin;
grant select, insert, delete on dmca_evidence to app_system;

create table dmca_steps (
  id text primary key,
  notice_id text not null references dmca_notices on delete cascade,
  type text not null,
  at timestamptz(3) not null,
  by_id text references profiles on delete set null,
  note text
);
create index dmca_steps_notice on dmca_steps (notice_id, id);
alter table dmca_steps enable row level security, force row level security;
create policy admin_read on dmca_steps for select to app_admin using (true);
create policy system_all on dmca_steps for all to app_system using (true) with check (true);
grant select on dmca_steps to app_admin;
grant select, insert, delete on dmca_steps to app_system;
