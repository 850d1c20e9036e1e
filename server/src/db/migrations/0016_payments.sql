-- Payments and what becomes of them: refunds, disputes, payouts. No column here can hold a card: what the provider knows
-- of one stays with the provider. Payer, payee and creator are no references: the books stay after an account is gone.

create table payments (
  id text primary key,
  purpose_kind text not null,
  purpose_id text not null,
  payer_id text not null,
  payee_id text,
  amount bigint not null,
  currency text not null,
  description text not null,
  return_to text,
  -- The stream it was given on, for the books.
  stream_id text,
  -- One answer per payer, purpose and key; the hash tells a repeated request from another one.
  idempotency_key text not null,
  request_hash text not null,
  provider text not null,
  checkout_id text,
  checkout_url text,
  -- What the provider's refunds and disputes name.
  charge_id text,
  status text not null,
  failure text,
  -- The split, fixed when it is paid; the creator's part is zero where nobody is paid.
  payee_share bigint not null default 0,
  provider_fee bigint not null default 0,
  refunded_amount bigint not null default 0,
  dispute_state text not null default 'none',
  created_at timestamptz(3) not null,
  paid_at timestamptz(3),
  -- The end of the risk delay, and when the money was moved.
  available_at timestamptz(3),
  matured_at timestamptz(3),
  -- What the ledger holds for this payment by account, and how many transfers made it so.
  posted jsonb not null default '{}',
  postings integer not null default 0,
  constraint payments_purpose check (purpose_kind in ('tip', 'patronage', 'tier')),
  constraint payments_amount check (amount > 0),
  constraint payments_status check (status in ('created', 'pending', 'paid', 'failed')),
  constraint payments_paid check ((status = 'paid') = (paid_at is not null)),
  constraint payments_payee_share check (payee_share between 0 and amount),
  constraint payments_refunded check (refunded_amount between 0 and amount),
  constraint payments_dispute_state check (dispute_state in ('none', 'open', 'won', 'lost'))
);
create unique index payments_idempotency on payments (payer_id, purpose_kind, idempotency_key);
create unique index payments_checkout on payments (provider, checkout_id) where checkout_id is not null;
create unique index payments_charge on payments (provider, charge_id) where charge_id is not null;
create index payments_of_payer on payments (payer_id, created_at desc, id desc);
create index payments_of_payee on payments (payee_id, created_at desc, id desc);
create index payments_newest on payments (created_at desc, id desc);
create index payments_purpose_row on payments (purpose_kind, purpose_id);
alter table payments enable row level security, force row level security;
create policy own_read on payments for select to app_user using (payer_id = (select app_me()));
create policy admin_read on payments for select to app_admin using (true);
create policy system_all on payments for all to app_system using (true) with check (true);
grant select on payments to app_user;
grant select, insert, update, delete on payments to app_system;

create table payment_refunds (
  id text primary key,
  payment_id text not null references payments,
  amount bigint not null,
  status text not null,
  provider_refund_id text,
  -- Null for one made at the provider.
  requested_by text references profiles on delete set null,
  reason text not null,
  failure text,
  created_at timestamptz(3) not null,
  -- The provider's time of what is known; older news change nothing.
  known_at timestamptz(3) not null,
  constraint payment_refunds_amount check (amount > 0),
  constraint payment_refunds_status check (status in ('requested', 'pending', 'succeeded', 'failed'))
);
create unique index payment_refunds_provider on payment_refunds (provider_refund_id) where provider_refund_id is not null;
create index payment_refunds_of_payment on payment_refunds (payment_id);
alter table payment_refunds enable row level security, force row level security;
create policy own_read on payment_refunds for select to app_user
  using (payment_id in (select id from payments where payer_id = (select app_me())));
create policy admin_read on payment_refunds for select to app_admin using (true);
create policy system_all on payment_refunds for all to app_system using (true) with check (true);
-- Who decided, and in which words, is for admins.
grant select (id, payment_id, amount, status, created_at) on payment_refunds to app_user;
grant select on payment_refunds to app_admin;
grant select, insert, update, delete on payment_refunds to app_system;

create table payment_disputes (
  id text primary key,
  payment_id text not null references payments,
  provider_dispute_id text not null,
  amount bigint not null,
  fee bigint not null default 0,
  status text not null,
  reason text not null,
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3),
  known_at timestamptz(3) not null,
  constraint payment_disputes_amount check (amount > 0),
  constraint payment_disputes_status check (status in ('open', 'won', 'lost'))
);
create unique index payment_disputes_provider on payment_disputes (provider_dispute_id);
create index payment_disputes_of_payment on payment_disputes (payment_id);
create index payment_disputes_newest on payment_disputes (opened_at desc, id desc);
alter table payment_disputes enable row level security, force row level security;
create policy admin_read on payment_disputes for select to app_admin using (true);
create policy system_all on payment_disputes for all to app_system using (true) with check (true);
grant select on payment_disputes to app_admin;
grant select, insert, update, delete on payment_disputes to app_system;

-- Every event a provider told us, once. Those about a payment that is not known yet wait for it.
create table payment_events (
  provider text not null,
  event_id text not null,
  kind text not null,
  -- What it waits for, until it is there.
  charge_id text,
  at timestamptz(3) not null,
  received_at timestamptz(3) not null,
  applied_at timestamptz(3),
  body jsonb not null,
  primary key (provider, event_id)
);
create index payment_events_waiting on payment_events (provider, charge_id) where applied_at is null;
create index payment_events_newest on payment_events (received_at desc);
alter table payment_events enable row level security, force row level security;
create policy admin_read on payment_events for select to app_admin using (true);
create policy system_all on payment_events for all to app_system using (true) with check (true);
grant select on payment_events to app_admin;
grant select, insert, update, delete on payment_events to app_system;

-- Whom the provider knows a payer as, so that what is paid for every month is charged again there. The name alone: what
-- they pay with stays with the provider.
create table saved_payers (
  user_id text primary key references profiles on delete cascade,
  provider text not null,
  customer_id text not null,
  known_at timestamptz(3) not null
);
alter table saved_payers enable row level security, force row level security;
create policy system_all on saved_payers for all to app_system using (true) with check (true);
grant select, insert, update, delete on saved_payers to app_system;

-- Where a creator is paid out to: an account at the provider, never a bank account here.
create table payout_accounts (
  user_id text primary key references profiles on delete cascade,
  provider text not null,
  account_id text not null,
  ready boolean not null,
  created_at timestamptz(3) not null,
  known_at timestamptz(3) not null
);
create unique index payout_accounts_provider on payout_accounts (provider, account_id);
alter table payout_accounts enable row level security, force row level security;
create policy own_read on payout_accounts for select to app_user using (user_id = (select app_me()));
create policy admin_read on payout_accounts for select to app_admin using (true);
create policy system_all on payout_accounts for all to app_system using (true) with check (true);
grant select on payout_accounts to app_user;
grant select, insert, update, delete on payout_accounts to app_system;

create table payouts (
  id text primary key,
  creator_id text not null,
  amount bigint not null,
  currency text not null,
  idempotency_key text not null,
  request_hash text not null,
  provider text not null,
  account_id text not null,
  provider_transfer_id text,
  provider_payout_id text,
  status text not null,
  failure text,
  created_at timestamptz(3) not null,
  settled_at timestamptz(3),
  known_at timestamptz(3) not null,
  constraint payouts_amount check (amount > 0),
  constraint payouts_status check (status in ('requested', 'sent', 'paid', 'failed'))
);
create unique index payouts_idempotency on payouts (creator_id, idempotency_key);
create unique index payouts_provider on payouts (provider, provider_payout_id) where provider_payout_id is not null;
create index payouts_of_creator on payouts (creator_id, created_at desc, id desc);
create index payouts_newest on payouts (created_at desc, id desc);
alter table payouts enable row level security, force row level security;
create policy own_read on payouts for select to app_user using (creator_id = (select app_me()));
create policy admin_read on payouts for select to app_admin using (true);
create policy system_all on payouts for all to app_system using (true) with check (true);
grant select on payouts to app_user;
grant select, insert, update, delete on payouts to app_system;

-- The memory of the sandbox provider: what a real one would keep on its own machines.
create table sandbox_objects (
  id text primary key,
  kind text not null,
  -- Repeating a request with its key answers what it answered.
  idempotency_key text not null,
  body jsonb not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create unique index sandbox_objects_idempotency on sandbox_objects (kind, idempotency_key);
alter table sandbox_objects enable row level security, force row level security;
create policy system_all on sandbox_objects for all to app_system using (true) with check (true);
grant select, insert, update, delete on sandbox_objects to app_system;

create table sandbox_events (
  id text primary key,
  at timestamptz(3) not null,
  body jsonb not null,
  -- Null: its webhook is lost, and only asking finds it.
  due_at timestamptz(3),
  -- How many more times it is sent.
  sends integer not null default 1
);
create index sandbox_events_due on sandbox_events (due_at, id) where sends > 0 and due_at is not null;
create index sandbox_events_newest on sandbox_events (at, id);
alter table sandbox_events enable row level security, force row level security;
create policy system_all on sandbox_events for all to app_system using (true) with check (true);
grant select, insert, update, delete on sandbox_events to app_system;
