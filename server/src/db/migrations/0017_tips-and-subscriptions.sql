-- Tips, and what people pay for every month: patronages of a channel and tiers of the platform.

create table tips (
  id text primary key,
  stream_id text references livestreams on delete set null,
  channel_id text references channels on delete set null,
  tipper_id text references profiles on delete set null,
  display_name text not null,
  badges text[] not null default '{}',
  amount integer not null,
  currency text not null,
  artist_share integer not null,
  platform_share integer not null,
  message text not null default '',
  message_status text not null default 'none',
  risk_score real not null default 0,
  category text,
  scored_by text,
  reason text,
  idempotency_key text not null,
  request_hash text not null,
  status text not null default 'pending',
  payment_id text,
  refunded_amount integer not null default 0,
  created_at timestamptz(3) not null,
  paid_at timestamptz(3),
  constraint tips_amount check (amount between 100 and 50000),
  constraint tips_shares check (artist_share + platform_share = amount and artist_share > 0 and platform_share >= 0),
  constraint tips_currency check (currency in ('USD', 'EUR', 'GBP')),
  constraint tips_status check (status in ('pending', 'paid', 'failed', 'refunded')),
  constraint tips_paid check (status not in ('paid', 'refunded') or paid_at is not null),
  constraint tips_message_status check (message_status in ('none', 'published', 'held', 'blocked', 'removed', 'rejected')),
  constraint tips_refunded check (refunded_amount between 0 and amount)
);
create unique index tips_once on tips (tipper_id, idempotency_key);
create index tips_of_stream on tips (stream_id, paid_at desc, id desc) where paid_at is not null;
create index tips_of_channel on tips (channel_id, paid_at desc, id desc) where paid_at is not null;
create index tips_of_person on tips (tipper_id, id desc);
alter table tips enable row level security, force row level security;
create policy own_read on tips for select to app_user using (tipper_id = (select app_me()));
create policy own_insert on tips for insert to app_user
  with check (tipper_id = (select app_me()) and status = 'pending' and paid_at is null and channel_id <> (select app_me()));
create policy creator_read on tips for select to app_user using (channel_id = (select app_me()) and paid_at is not null);
create policy admin_read on tips for select to app_admin using (true);
create policy system_all on tips for all to app_system using (true) with check (true);
grant select, insert on tips to app_user;
grant select, insert, update, delete on tips to app_system;

create table subscriptions (
  id text primary key,
  kind text not null,
  subscriber_id text references profiles on delete set null,
  channel_id text references channels on delete set null,
  tier text,
  status text not null default 'pending',
  amount integer not null,
  currency text not null,
  next_amount integer,
  next_currency text,
  next_tier text,
  next_from timestamptz(3),
  anchor_day integer,
  period_start timestamptz(3),
  period_end timestamptz(3),
  attempts integer not null default 0,
  grace_until timestamptz(3),
  cancelled_at timestamptz(3),
  created_at timestamptz(3) not null,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  end_reason text,
  constraint subscriptions_kind check (kind in ('patronage', 'tier')),
  constraint subscriptions_tier check ((kind = 'tier') = (tier is not null) and (tier is null or tier in ('pro', 'premium'))),
  constraint subscriptions_next_tier check (next_tier is null or next_tier in ('pro', 'premium')),
  constraint subscriptions_status check (status in ('pending', 'active', 'grace', 'ended')),
  constraint subscriptions_amount check (amount between 100 and 100000),
  constraint subscriptions_currency check (currency in ('USD', 'EUR', 'GBP')),
  constraint subscriptions_not_self check (channel_id is null or subscriber_id is null or channel_id <> subscriber_id),
  constraint subscriptions_period check (status not in ('active', 'grace') or period_end is not null),
  constraint subscriptions_ended check ((status = 'ended') = (ended_at is not null))
);
-- However often one clicks, and from how many windows.
create unique index subscriptions_one_patronage on subscriptions (channel_id, subscriber_id)
  where kind = 'patronage' and status <> 'ended';
create unique index subscriptions_one_tier on subscriptions (subscriber_id) where kind = 'tier' and status <> 'ended';
create index subscriptions_of_person on subscriptions (subscriber_id, id desc);
create index subscriptions_of_channel on subscriptions (channel_id, id desc);
alter table subscriptions enable row level security, force row level security;
create policy own_read on subscriptions for select to app_user using (subscriber_id = (select app_me()));
create policy creator_read on subscriptions for select to app_user
  using (channel_id = (select app_me()) and status <> 'pending');
create policy admin_read on subscriptions for select to app_admin using (true);
create policy system_all on subscriptions for all to app_system using (true) with check (true);
grant select on subscriptions to app_user;
grant select, insert, update, delete on subscriptions to app_system;

create table subscription_charges (
  id text primary key,
  subscription_id text not null references subscriptions on delete cascade,
  payer_id text references profiles on delete set null,
  status text not null default 'pending',
  amount integer not null,
  currency text not null,
  tier text,
  payment_id text,
  created_at timestamptz(3) not null,
  settled_at timestamptz(3),
  constraint subscription_charges_status check (status in ('pending', 'paid', 'failed', 'refunded')),
  constraint subscription_charges_amount check (amount between 100 and 100000),
  constraint subscription_charges_currency check (currency in ('USD', 'EUR', 'GBP'))
);
create index subscription_charges_of_subscription on subscription_charges (subscription_id, id desc);
create index subscription_charges_payer on subscription_charges (payer_id);
-- One attempt at a time: a second one might take the same month twice.
create unique index subscription_charges_one_open on subscription_charges (subscription_id) where status = 'pending';
alter table subscription_charges enable row level security, force row level security;
create policy own_read on subscription_charges for select to app_user using (payer_id = (select app_me()));
create policy admin_read on subscription_charges for select to app_admin using (true);
create policy system_all on subscription_charges for all to app_system using (true) with check (true);
grant select on subscription_charges to app_user;
grant select, insert, update, delete on subscription_charges to app_system;

-- What a month as a patron costs; null while the channel offers none.
alter table channels
  add column patron_amount integer,
  add column patron_currency text,
  add constraint channels_patron_price check (
    (patron_amount is null) = (patron_currency is null)
    and (patron_amount is null or (patron_amount between 100 and 10000 and patron_currency in ('USD', 'EUR', 'GBP')))
  );
grant update (patron_amount, patron_currency) on channels to app_user;

-- A role that was granted and one that is paid for stand beside each other: ending one must not end the other.
alter table channel_members
  add column source text not null default 'granted',
  add constraint channel_members_source check (source in ('granted', 'paid') and (source = 'granted' or role = 'patron')),
  drop constraint channel_members_pkey,
  add primary key (channel_id, user_id, role, source);
drop policy owner_grants on channel_members;
drop policy owner_revokes on channel_members;
create policy owner_grants on channel_members for insert to app_user
  with check (channel_id = (select app_me()) and source = 'granted');
create policy owner_revokes on channel_members for delete to app_user
  using (channel_id = (select app_me()) and source = 'granted');

-- The tier in force is the higher of the one an admin granted and the one that is paid for.
alter table profiles
  add column granted_tier text not null default 'free',
  add column paid_tier text not null default 'free',
  add constraint profiles_granted_tier check (granted_tier in ('free', 'pro', 'premium')),
  add constraint profiles_paid_tier check (paid_tier in ('free', 'pro', 'premium'));
update profiles set granted_tier = tier;
grant update (granted_tier) on profiles to app_admin;
