-- Deferred work and settings of the instance.

create table jobs (
  id bigint primary key generated always as identity,
  kind text not null,
  key text not null,
  run_at timestamptz(3) not null,
  payload jsonb not null,
  attempts integer not null default 0,
  parked_at timestamptz(3),
  last_error text
);
create unique index jobs_kind_key on jobs (kind, key);
create index jobs_due on jobs (run_at, id) where parked_at is null;
alter table jobs enable row level security, force row level security;
create policy system_all on jobs for all to app_system using (true) with check (true);
grant select, insert, update, delete on jobs to app_system;

-- The acting roles schedule through these, so that they need no right on the table. The same kind and key moves the job.
create function app_schedule_job(job_kind text, job_key text, job_run_at timestamptz, job_payload jsonb) returns void
  language sql security definer set search_path = public
as $$
  insert into jobs (kind, key, run_at, payload) values (job_kind, job_key, job_run_at, job_payload)
  on conflict (kind, key) do update
    set run_at = excluded.run_at, payload = excluded.payload, attempts = 0, parked_at = null, last_error = null
$$;
create function app_cancel_job(job_kind text, job_key text) returns void
  language sql security definer set search_path = public
as $$
  delete from jobs where kind = job_kind and key = job_key
$$;
alter function app_schedule_job(text, text, timestamptz, jsonb) owner to app_system;
alter function app_cancel_job(text, text) owner to app_system;
revoke execute on function app_schedule_job(text, text, timestamptz, jsonb) from public;
revoke execute on function app_cancel_job(text, text) from public;
grant execute on function app_schedule_job(text, text, timestamptz, jsonb) to app_guest, app_system;
grant execute on function app_cancel_job(text, text) to app_guest, app_system;

create table platform_settings (
  key text primary key,
  version integer not null default 1,
  value jsonb not null,
  updated_at timestamptz(3) not null
);
alter table platform_settings enable row level security, force row level security;
create policy system_all on platform_settings for all to app_system using (true) with check (true);
grant select, insert, update, delete on platform_settings to app_system;
