-- Strikes of 90 days, what they add up to, and objections.

create table content_safety_strikes (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  reason text not null,
  category text,
  source_kind text not null,
  source_id text not null,
  source_channel_id text references channels on delete set null,
  lineage_key text,
  issued_by text references profiles on delete set null,
  issued_at timestamptz(3) not null,
  issued_on date not null,
  expires_at timestamptz(3) not null,
  lifted_at timestamptz(3),
  lifted_by text references profiles on delete set null,
  lifted_cause text,
  lifted_reason text,
  constraint content_safety_strikes_source check (source_kind in ('report', 'dmca', 'review', 'admin')),
  constraint content_safety_strikes_cause check (lifted_cause in ('appeal', 'retraction', 'put_back', 'decision')),
  constraint content_safety_strikes_end check (expires_at > issued_at),
  constraint content_safety_strikes_lifted check ((lifted_at is null) = (lifted_cause is null))
);
create index content_safety_strikes_in_force on content_safety_strikes (user_id, expires_at) where lifted_at is null;
create index content_safety_strikes_person on content_safety_strikes (user_id, issued_at desc);
create unique index content_safety_strikes_one_a_decision on content_safety_strikes (source_kind, source_id, user_id)
  where lifted_at is null;
create unique index content_safety_strikes_one_a_work on content_safety_strikes (user_id, issued_on, lineage_key)
  where lineage_key is not null and lifted_at is null;
alter table content_safety_strikes enable row level security, force row level security;
create policy own_read on content_safety_strikes for select to app_user using (user_id = (select app_me()));
create policy admin_read on content_safety_strikes for select to app_admin using (true);
create policy system_all on content_safety_strikes for all to app_system using (true) with check (true);
-- Whoever is concerned reads why and until when, not who decided.
grant select (id, user_id, reason, category, source_kind, issued_at, expires_at, lifted_at, lifted_cause)
  on content_safety_strikes to app_user;
grant select on content_safety_strikes to app_admin;
grant select, insert, update, delete on content_safety_strikes to app_system;

-- A ban for three strikes is the system's own, at most one a person; a decision is an admin's.
alter table admin_penalties
  add column cause text not null default 'decision',
  add column deactivation_reason text,
  add constraint admin_penalties_cause check (
    cause = 'decision' or (cause = 'strikes' and severity = 'permanent' and issued_by is null)
  );
-- Whoever is concerned reads why and until when, not who decided.
revoke select on admin_penalties from app_user;
grant select (id, user_id, severity, reason, category, duration_hours, policy_reference, issued_at, expires_at, is_active,
  deactivated_at, cause) on admin_penalties to app_user;
grant select on admin_penalties to app_admin;
create unique index admin_penalties_one_for_strikes on admin_penalties (user_id) where is_active and cause = 'strikes';
create index admin_penalties_newest on admin_penalties (issued_at desc, id desc);

-- Whether the strikes in force at a moment close an account: three or more, and not all given by one channel's own
-- moderators, so that no channel can ban from the platform.
create function app_strikes_ban(person text, at timestamptz) returns boolean
  language sql stable security definer set search_path = public
as $$
  select count(*) >= 3 and (count(*) > count(source_channel_id) or count(distinct source_channel_id) > 1)
  from content_safety_strikes
  where user_id = person and lifted_at is null and expires_at > at
$$;
alter function app_strikes_ban(text, timestamptz) owner to app_system;
revoke execute on function app_strikes_ban(text, timestamptz) from public;
grant execute on function app_strikes_ban(text, timestamptz) to app_user, app_system;

-- One answer to "is this penalty in force": not deactivated, not past its end, and a ban for strikes only while they
-- carry it. The jobs that tell of an end may come later; nobody is kept out until they do.
create function app_penalty_holds(is_active boolean, cause text, person text, expires_at timestamptz, at timestamptz)
  returns boolean language sql stable security definer set search_path = public
as $$
  select is_active and (expires_at is null or expires_at > at) and (cause <> 'strikes' or app_strikes_ban(person, at))
$$;
alter function app_penalty_holds(boolean, text, text, timestamptz, timestamptz) owner to app_system;
revoke execute on function app_penalty_holds(boolean, text, text, timestamptz, timestamptz) from public;
grant execute on function app_penalty_holds(boolean, text, text, timestamptz, timestamptz) to app_user, app_system;

create or replace function app_standing(person text, at timestamptz)
  returns table (role text, is_banned boolean)
  language sql stable security definer set search_path = public
as $$
  select profiles.role, exists (
    select from admin_penalties as p
    where p.user_id = person and p.is_active and app_penalty_holds(p.is_active, p.cause, p.user_id, p.expires_at, at)
  )
  from profiles where id = person
$$;

create table appeals (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  penalty_id text references admin_penalties on delete cascade,
  strike_id text references content_safety_strikes on delete cascade,
  appeal_reason text not null,
  status text not null default 'pending',
  reviewed_by_admin_id text references profiles on delete set null,
  reviewed_at timestamptz(3),
  resolution_message text,
  created_at timestamptz(3) not null,
  constraint appeals_subject check (num_nonnulls(penalty_id, strike_id) = 1),
  constraint appeals_status check (status in ('pending', 'approved', 'denied')),
  constraint appeals_reviewed check ((status = 'pending') = (reviewed_at is null))
);
-- One open appeal for a decision, and no second one after a denial.
create unique index appeals_one_a_penalty on appeals (penalty_id) where status in ('pending', 'denied');
create unique index appeals_one_a_strike on appeals (strike_id) where status in ('pending', 'denied');
create index appeals_person on appeals (user_id, created_at desc);
create index appeals_by_status on appeals (status, created_at, id);
alter table appeals enable row level security, force row level security;
create policy own_read on appeals for select to app_user using (user_id = (select app_me()));
create policy own_insert on appeals for insert to app_user with check (
  user_id = (select app_me()) and status = 'pending'
  and (penalty_id is null or penalty_id in (select id from admin_penalties where user_id = (select app_me())))
  and (strike_id is null or strike_id in (select id from content_safety_strikes where user_id = (select app_me())))
);
create policy admin_read on appeals for select to app_admin using (true);
create policy admin_update on appeals for update to app_admin using (true) with check (true);
create policy system_all on appeals for all to app_system using (true) with check (true);
grant select (id, user_id, penalty_id, strike_id, appeal_reason, status, reviewed_at, resolution_message, created_at)
  on appeals to app_user;
grant insert on appeals to app_user;
grant select, update on appeals to app_admin;
grant select, insert, update, delete on appeals to app_system;
