-- The rules of the house in versions that nobody can change, and three strikes of one channel that wait for an admin.

create table policy_versions (
  policy_id text not null,
  version integer not null,
  effective_from date not null,
  content jsonb not null,
  published_at timestamptz(3) not null,
  published_by text references profiles on delete set null,
  primary key (policy_id, version),
  constraint policy_versions_number check (version between 1 and 9999)
);
alter table policy_versions enable row level security, force row level security;
create policy public_read on policy_versions for select to app, app_guest using (true);
create policy admin_insert on policy_versions for insert to app_admin with check (published_by = (select app_me()));
create policy system_all on policy_versions for all to app_system using (true) with check (true);
grant select on policy_versions to app, app_guest;
grant insert on policy_versions to app_admin;
grant select, insert, update, delete on policy_versions to app_system;

-- Refused to everybody, the owner of the table too. The one thing that may go is the name of an author who is gone.
create function policy_refuse_change() returns trigger language plpgsql set search_path = public
as $$
begin
  if tg_op = 'UPDATE' and tg_level = 'ROW' and new.published_by is null
    and (new.policy_id, new.version, new.effective_from, new.content, new.published_at)
      is not distinct from (old.policy_id, old.version, old.effective_from, old.content, old.published_at)
  then
    return new;
  end if;
  raise exception 'a published policy never changes' using errcode = 'insufficient_privilege';
end $$;
create trigger never_changed before update or delete on policy_versions
  for each row execute function policy_refuse_change();
create trigger never_emptied before truncate on policy_versions
  for each statement execute function policy_refuse_change();
alter table policy_versions enable always trigger never_changed;
alter table policy_versions enable always trigger never_emptied;

create table policy_drafts (
  policy_id text primary key,
  base_version integer not null,
  content jsonb not null,
  revision integer not null,
  updated_at timestamptz(3) not null,
  updated_by text references profiles on delete set null
);
alter table policy_drafts enable row level security, force row level security;
create policy admin_all on policy_drafts for all to app_admin using (true) with check (true);
create policy system_all on policy_drafts for all to app_system using (true) with check (true);
grant select, insert, update, delete on policy_drafts to app_admin, app_system;

-- The rule in force on a day that is about a category of breaches, or has an id, as decisions name it. Null: none is.
create function app_policy_rule(wanted_category text, wanted_rule text, day date) returns text
  language sql stable set search_path = public
as $$
  select policy.policy_id || '/' || policy.version || '#' || (rule ->> 'id')
  from (
    select distinct on (policy_id) policy_id, version, content
    from policy_versions order by policy_id, effective_from <= day desc,
      case when effective_from <= day then version else -version end desc
  ) as policy,
    jsonb_array_elements(policy.content -> 'categories') as category,
    jsonb_array_elements(category -> 'rules') as rule
  where rule ->> 'category' = wanted_category or rule ->> 'id' = wanted_rule
  order by policy.policy_id, rule ->> 'id'
  limit 1
$$;

-- Which rule, in the words of that day. Older statements name none.
alter table statements_of_reasons add column policy_reference text;
grant select (policy_reference) on statements_of_reasons to app_user;

-- Three strikes that close no account by themselves: an admin decides. At most one waits a person.
create table strike_escalations (
  id text primary key,
  user_id text not null references profiles on delete cascade,
  strike_id text not null references content_safety_strikes on delete cascade,
  channel_id text references channels on delete set null,
  active_strikes integer not null,
  escalated_at timestamptz(3) not null,
  resolution_status text not null default 'escalated',
  resolution_timestamp timestamptz(3),
  resolved_by text references profiles on delete set null,
  resolution text,
  penalty_id text references admin_penalties on delete set null,
  constraint strike_escalations_status check (resolution_status in ('escalated', 'approved', 'rejected', 'lapsed')),
  constraint strike_escalations_resolved check ((resolution_status = 'escalated') = (resolution_timestamp is null))
);
create unique index strike_escalations_one_open on strike_escalations (user_id)
  where resolution_status = 'escalated';
create index strike_escalations_waiting on strike_escalations (escalated_at, id) where resolution_status = 'escalated';
create index strike_escalations_decided on strike_escalations (resolution_timestamp desc, id desc)
  where resolution_timestamp is not null;
create index strike_escalations_person on strike_escalations (user_id, id desc);
alter table strike_escalations enable row level security, force row level security;
create policy admin_read on strike_escalations for select to app_admin using (true);
create policy system_all on strike_escalations for all to app_system using (true) with check (true);
grant select on strike_escalations to app_admin;
grant select, insert, update, delete on strike_escalations to app_system;

-- What admins decide, or decided: passed on, or nobody else's to take.
create index moderator_review_queue_for_admins on moderator_review_queue (id)
  where escalated_at is not null or (assigned_moderator_id is null and channel_id is null);
