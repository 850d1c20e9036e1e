-- Facts that are told after their transaction.

create table audit_outbox (
  id bigint primary key generated always as identity,
  type text not null,
  entity text not null,
  entity_id text not null,
  actor_id text,
  at timestamptz(3) not null,
  version integer not null default 1,
  details jsonb not null default '{}'
);
alter table audit_outbox enable row level security, force row level security;
create policy append_in_own_name on audit_outbox for insert to app_guest
  with check (actor_id is not distinct from (select app_me()));
create policy system_all on audit_outbox for all to app_system using (true) with check (true);
grant insert on audit_outbox to app_guest;
grant select, insert, update, delete on audit_outbox to app_system;

create table outbox (
  id bigint primary key generated always as identity,
  type text not null,
  key text not null,
  payload jsonb not null,
  at timestamptz(3) not null
);
alter table outbox enable row level security, force row level security;
create policy announce on outbox for insert to app_guest with check (true);
create policy system_all on outbox for all to app_system using (true) with check (true);
grant insert on outbox to app_guest;
grant select, insert, update, delete on outbox to app_system;

create table outbox_deliveries (
  id bigint primary key generated always as identity,
  subscription text not null,
  event_id bigint not null,
  type text not null,
  key text not null,
  payload jsonb not null,
  at timestamptz(3) not null,
  attempts integer not null default 0,
  due_at timestamptz(3) not null,
  parked_at timestamptz(3),
  last_error text
);
create index outbox_deliveries_heads on outbox_deliveries (subscription, key, event_id) where parked_at is null;
create index outbox_deliveries_due on outbox_deliveries (subscription, due_at) where parked_at is null;
alter table outbox_deliveries enable row level security, force row level security;
create policy system_all on outbox_deliveries for all to app_system using (true) with check (true);
grant select, insert, update, delete on outbox_deliveries to app_system;
