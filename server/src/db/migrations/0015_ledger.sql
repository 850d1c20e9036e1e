-- The ledger: double entry, append-only, whole minor units. A balance is the sum of its entries. Nobody writes to these
-- tables: app_system calls the functions at the end, which belong to the owner of the tables.

create table currencies (
  code text primary key,
  exponent integer not null,
  is_accepted boolean not null,
  constraint currencies_code check (code ~ '^[A-Z]{3}$'),
  constraint currencies_exponent check (exponent between 0 and 4)
);
-- ISO 4217.
insert into currencies (code, exponent, is_accepted) values
  ('USD', 2, true), ('EUR', 2, true), ('GBP', 2, true), ('JPY', 0, false), ('KWD', 3, false);

-- `creator:<profile>:available` and so on come into being with their first entry. owner_id is no reference: money that
-- was paid stays in the books after an account is gone.
create table ledger_accounts (
  id text primary key,
  owner_id text,
  purpose text not null,
  is_floored boolean not null,
  constraint ledger_accounts_purpose check (
    case when owner_id is null
      then id = 'platform:' || purpose
      else id = 'creator:' || owner_id || ':' || purpose and purpose in ('available', 'pending', 'held') and is_floored
    end
  )
);
create index ledger_accounts_owner on ledger_accounts (owner_id) where owner_id is not null;
insert into ledger_accounts (id, purpose, is_floored) values
  ('platform:clearing', 'clearing', false),
  ('platform:provider_fees', 'provider_fees', false),
  ('platform:fees', 'fees', false),
  ('platform:promotion', 'promotion', false),
  ('platform:payout_in_transit', 'payout_in_transit', false),
  ('platform:dispute_hold', 'dispute_hold', false),
  ('platform:tax_withheld', 'tax_withheld', false);

create table ledger_transfers (
  id text primary key,
  key text not null,
  request_hash text not null,
  kind text not null,
  currency text not null,
  reverses text references ledger_transfers,
  stream_id text,
  is_forced boolean not null,
  memo jsonb not null default '{}',
  at timestamptz(3) not null,
  posted_at timestamptz(3) not null,
  posted_xid xid8 not null
);
create unique index ledger_transfers_key on ledger_transfers (key);
create index ledger_transfers_posted on ledger_transfers (posted_at);
create index ledger_transfers_reverses on ledger_transfers (reverses) where reverses is not null;
create index ledger_transfers_stream on ledger_transfers (stream_id) where stream_id is not null;

-- No references: checking one to an account would lock the platform's row for every tip. The trigger below looks at all
-- that must hold instead, once a statement, and nothing is ever removed. Ids are given in the order of debits of one
-- account, because those wait for each other.
create table ledger_entries (
  id bigint not null generated always as identity,
  transfer_id text not null,
  account_id text not null,
  currency text not null,
  amount bigint not null,
  posted_xid xid8 not null,
  primary key (transfer_id, account_id)
);
create index ledger_entries_balance on ledger_entries (account_id, currency, posted_xid);

-- A sum that need not be made again: all entries whose transaction is older than `below_xid`. The rest is "not yet in
-- here", never "id greater than": ids commit out of order.
create table ledger_snapshots (
  account_id text not null,
  currency text not null,
  balance bigint not null,
  entries bigint not null,
  below_xid xid8 not null,
  taken_at timestamptz(3) not null,
  primary key (account_id, currency)
);

-- What each day's entries were when the day was closed, and what every check found.
create table ledger_digests (
  day text primary key,
  until timestamptz(3) not null,
  entries bigint not null,
  sha256 text not null,
  made_at timestamptz(3) not null
);
create table ledger_checks (
  id text primary key,
  at timestamptz(3) not null,
  asked_by text,
  is_sound boolean not null,
  findings jsonb not null
);
create index ledger_checks_newest on ledger_checks (at desc);

-- Append-only, also for the owner of the tables. Statement level, so that TRUNCATE is refused too.
create function ledger_refuse_change() returns trigger language plpgsql
as $$
begin
  raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'VL403';
end $$;
create trigger append_only before update or delete or truncate on currencies
  for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_accounts
  for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_transfers
  for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_entries
  for each statement execute function ledger_refuse_change();
create trigger append_only before update or delete or truncate on ledger_digests
  for each statement execute function ledger_refuse_change();

-- What every INSERT of entries must be: of transfers of this very transaction, in their currency and one we take, on
-- accounts there are, none of nothing, zero in sum; of a split payment, the platform's tenth rounded down; and taken
-- past zero only by what gives back. A creator's account comes into being with its first entry. Entries of one transfer
-- stand together, else each part must sum to zero. Each transfer is looked up by itself: a join would be planned once,
-- for an empty table, and then read all of it for every tip.
create function ledger_check_entries() returns trigger language plpgsql
as $$
declare
  entry record;
  of_transfer text;
  in_currency text;
  accounts text[];
  total numeric;
  gross numeric;
  fee numeric;
  is_right boolean;
begin
  for entry in select transfer_id, account_id, currency, amount, posted_xid from added loop
    if entry.transfer_id is distinct from of_transfer then
      if of_transfer is not null then
        is_right := public.ledger_check_transfer(of_transfer, in_currency, accounts, total, gross, fee);
      end if;
      of_transfer := entry.transfer_id;
      in_currency := entry.currency;
      accounts := '{}';
      total := 0;
      gross := 0;
      fee := 0;
    end if;
    if entry.amount = 0 then
      raise exception 'transfer %: an entry of nothing', of_transfer using errcode = 'VL422';
    elsif entry.currency <> in_currency then
      raise exception 'transfer %: an entry is in another currency', of_transfer using errcode = 'VL422';
    elsif entry.posted_xid <> pg_current_xact_id() then
      raise exception 'transfer %: entries come with their transfer, not later', of_transfer using errcode = 'VL422';
    end if;
    accounts := accounts || entry.account_id;
    total := total + entry.amount;
    if entry.amount > 0 then gross := gross + entry.amount; end if;
    if entry.account_id = 'platform:fees' then fee := entry.amount; end if;
  end loop;
  if of_transfer is not null then
    is_right := public.ledger_check_transfer(of_transfer, in_currency, accounts, total, gross, fee);
  end if;
  return null;
end $$;
create function ledger_check_transfer(
  of_transfer text, in_currency text, of_accounts text[], total numeric, gross numeric, fee numeric
) returns boolean language plpgsql
as $$
declare
  kept record;
begin
  select t.kind, t.currency, t.posted_xid, t.is_forced,
    exists (select from public.currencies c where c.code = t.currency and c.is_accepted) as is_accepted,
    (select count(*) from public.ledger_accounts a where a.id = any (of_accounts)) as accounts
  into kept from public.ledger_transfers t where t.id = of_transfer;
  if not found or kept.posted_xid <> pg_current_xact_id() then
    raise exception 'transfer %: entries come with their transfer, not later', of_transfer using errcode = 'VL422';
  elsif in_currency <> kept.currency then
    raise exception 'transfer %: an entry is in another currency', of_transfer using errcode = 'VL422';
  elsif not kept.is_accepted then
    raise exception 'transfer %: % is not taken', of_transfer, kept.currency using errcode = 'VL422';
  elsif kept.accounts <> cardinality(of_accounts)
    and public.ledger_open_accounts(of_accounts) <> cardinality(of_accounts)
  then
    raise exception 'transfer %: an entry names no account', of_transfer using errcode = 'VL422';
  elsif total <> 0 then
    raise exception 'transfer %: the entries sum to %, not to zero', of_transfer, total using errcode = 'VL422';
  elsif kept.kind in ('tip', 'patronage') and fee <> div(gross, 10) then
    raise exception 'transfer %: the platform''s part is not a tenth rounded down', of_transfer using errcode = 'VL422';
  elsif kept.is_forced and kept.kind not in ('refund', 'dispute', 'dispute_lost', 'dispute_fee', 'reversal') then
    raise exception 'transfer %: a % may not take what is not there', of_transfer, kept.kind using errcode = 'VL422';
  end if;
  return true;
end $$;
-- Makes those of creators that are not there. Returns how many of all are.
create function ledger_open_accounts(accounts text[]) returns bigint language plpgsql set search_path = public
as $$
begin
  insert into ledger_accounts (id, owner_id, purpose, is_floored)
  select account, split_part(account, ':', 2), split_part(account, ':', 3), true
  from unnest(accounts) account where account like 'creator:%' order by account
  on conflict do nothing;
  return (select count(*) from ledger_accounts where id = any (accounts));
end $$;
create trigger zero_sum after insert on ledger_entries
  referencing new table as added for each statement execute function ledger_check_entries();

-- Fired in every session mode: a superuser who would replay rows as a replica is refused too.
alter table currencies enable always trigger append_only;
alter table ledger_accounts enable always trigger append_only;
alter table ledger_transfers enable always trigger append_only;
alter table ledger_entries enable always trigger append_only;
alter table ledger_entries enable always trigger zero_sum;
alter table ledger_digests enable always trigger append_only;

create function ledger_balance(account text, in_currency text) returns bigint
  language sql stable set search_path = public
as $$
  select coalesce((select balance from ledger_snapshots where account_id = account and currency = in_currency), 0)
    + coalesce((
        select sum(amount) from ledger_entries
        where account_id = account and currency = in_currency and posted_xid >= coalesce(
          (select below_xid from ledger_snapshots where account_id = account and currency = in_currency), '0'::xid8)
      ), 0)::bigint
$$;

-- One transfer in one round trip. `outcome`: posted; replayed (this key with this request was posted before); conflict
-- (this key was used for another request); short (a floored account would go below zero; nothing was written).
-- Credits lock nothing. A debit of a floored account waits for other debits of it, then looks at what is there.
-- Statements are few and look things up by key: this runs for every tip.
create function ledger_post(
  new_id text, new_key text, new_hash text, new_kind text, in_currency text, new_at timestamptz, of_transfer text,
  of_stream text, forced boolean, new_memo jsonb, accounts text[], amounts bigint[],
  out transfer_id text, out outcome text
)
  language plpgsql security definer set search_path = public
as $$
declare
  known record;
  debits integer[] := '{}';
  debit integer;
begin
  for n in 1 .. cardinality(accounts) loop
    if amounts[n] < 0 and accounts[n] like 'creator:%' then debits := debits || n; end if;
  end loop;
  if cardinality(debits) > 1 then
    -- Everybody takes locks in one order.
    debits := array(select n from unnest(debits) n order by accounts[n]);
  end if;
  foreach debit in array debits loop
    perform from ledger_accounts a where a.id = accounts[debit] for no key update;
    -- Whoever waited here may have waited for the first of the same request.
    if not forced and ledger_balance(accounts[debit], in_currency) < -amounts[debit]
      and not exists (select from ledger_transfers t where t.key = new_key)
    then
      transfer_id := new_id;
      outcome := 'short';
      return;
    end if;
  end loop;

  with transfer as (
    insert into ledger_transfers
      (id, key, request_hash, kind, currency, reverses, stream_id, is_forced, memo, at, posted_at, posted_xid)
    values (new_id, new_key, new_hash, new_kind, in_currency, of_transfer, of_stream, forced, new_memo, new_at,
      -- A day that was closed stays as it was digested.
      greatest(new_at, (select max(until) from ledger_digests)), pg_current_xact_id())
    on conflict (key) do nothing
    returning id, posted_xid
  )
  insert into ledger_entries (transfer_id, account_id, currency, amount, posted_xid)
  select transfer.id, e.account, in_currency, e.amount, transfer.posted_xid
  from transfer, unnest(accounts, amounts) e (account, amount);
  if found then
    transfer_id := new_id;
    outcome := 'posted';
    return;
  end if;
  select t.id, t.request_hash into strict known from ledger_transfers t where t.key = new_key;
  transfer_id := known.id;
  outcome := case when known.request_hash = new_hash then 'replayed' else 'conflict' end;
end $$;

-- What was paid in transfers that concern the acting person, and the platform's part of it; below zero what was given
-- back. The platform's own entries they may not read.
create function ledger_shares_of(transfers text[]) returns table (transfer_id text, paid bigint, platform bigint)
  language sql stable security definer set search_path = public
as $$
  select e.transfer_id,
    coalesce(-sum(e.amount) filter (where e.account_id in
      ('platform:clearing', 'platform:promotion', 'platform:dispute_hold')), 0)::bigint,
    coalesce(sum(e.amount) filter (where e.account_id = 'platform:fees'), 0)::bigint
  from ledger_entries e
  where e.transfer_id = any(transfers) and exists (
    select from ledger_entries mine join ledger_accounts a on a.id = mine.account_id
    where mine.transfer_id = e.transfer_id and a.owner_id = app_me())
  group by e.transfer_id
$$;

-- Those who give money back one after the other: what was returned before is read under this lock.
create function ledger_lock_transfer(which text) returns void
  language sql security definer set search_path = public
as $$ select from ledger_transfers where id = which for no key update $$;

-- Folds into the snapshots what no transaction under way can still add to. Returns how many were renewed.
create function ledger_take_snapshots(tail bigint, new_at timestamptz) returns integer
  language plpgsql security definer set search_path = public
as $$
declare
  made integer;
begin
  perform pg_advisory_xact_lock(hashtext('ledger snapshots'));
  -- A database that was restored counts transactions anew: sums made under the old count say nothing any more.
  delete from ledger_snapshots where below_xid > pg_snapshot_xmin(pg_current_snapshot());
  with horizon as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xid),
  tails as (
    select e.account_id, e.currency, sum(e.amount) as amount, count(*) as entries
    from ledger_entries e left join ledger_snapshots s on s.account_id = e.account_id and s.currency = e.currency
    where e.posted_xid >= coalesce(s.below_xid, '0'::xid8) and e.posted_xid < (select xid from horizon)
    group by e.account_id, e.currency having count(*) >= tail
  )
  insert into ledger_snapshots as s (account_id, currency, balance, entries, below_xid, taken_at)
  select account_id, currency, amount, entries, (select xid from horizon), new_at from tails
  on conflict (account_id, currency) do update set
    balance = s.balance + excluded.balance, entries = s.entries + excluded.entries,
    below_xid = excluded.below_xid, taken_at = excluded.taken_at;
  get diagnostics made = row_count;
  return made;
end $$;

-- Fingerprint of what was posted from one moment until before another, in the order of posting.
create function ledger_fingerprint(since timestamptz, before timestamptz)
  returns table (entries bigint, sha256 text)
  language sql stable set search_path = public
as $$
  select count(*), encode(sha256(convert_to(coalesce(string_agg(
    concat_ws(' ', e.id, e.transfer_id, e.account_id, e.currency, e.amount, t.key, t.kind, t.reverses), E'\n' order by e.id
  ), ''), 'UTF8')), 'hex')
  from ledger_transfers t join ledger_entries e on e.transfer_id = t.id
  where t.posted_at >= since and t.posted_at < before
$$;

-- Closes a day of UTC: later transfers are posted after it. Nothing when it was closed before. The lock waits for
-- whoever is posting, and makes who comes meanwhile see that the day is closed.
create function ledger_close_day(which text, day_end timestamptz, new_at timestamptz)
  returns table (entries bigint, sha256 text)
  language plpgsql security definer set search_path = public set lock_timeout = '5s'
as $$
begin
  lock table ledger_transfers in share mode;
  return query
    insert into ledger_digests as d (day, until, entries, sha256, made_at)
    select which, day_end, f.entries, f.sha256, new_at
    from ledger_fingerprint(day_end - interval '1 day', day_end) f
    on conflict do nothing
    returning d.entries, d.sha256;
end $$;

alter table currencies enable row level security, force row level security;
create policy admin_read on currencies for select to app_admin using (true);
create policy system_all on currencies for all to app_system using (true) with check (true);
grant select on currencies to app_admin, app_system;

alter table ledger_accounts enable row level security, force row level security;
create policy own_read on ledger_accounts for select to app_user using (owner_id = (select app_me()));
create policy admin_read on ledger_accounts for select to app_admin using (true);
create policy system_all on ledger_accounts for all to app_system using (true) with check (true);
grant select on ledger_accounts to app_user, app_system;

alter table ledger_entries enable row level security, force row level security;
create policy own_read on ledger_entries for select to app_user
  using (account_id in (select id from ledger_accounts where owner_id = (select app_me())));
create policy admin_read on ledger_entries for select to app_admin using (true);
create policy system_all on ledger_entries for all to app_system using (true) with check (true);
grant select on ledger_entries to app_user, app_system;

-- Who was paid may read what kind of transfer it was, when and for what; its key is the platform's.
alter table ledger_transfers enable row level security, force row level security;
create policy own_read on ledger_transfers for select to app_user
  using (exists (select from ledger_entries e where e.transfer_id = ledger_transfers.id
    and e.account_id in (select id from ledger_accounts where owner_id = (select app_me()))));
create policy admin_read on ledger_transfers for select to app_admin using (true);
create policy system_all on ledger_transfers for all to app_system using (true) with check (true);
grant select (id, kind, currency, reverses, stream_id, memo, at, posted_at) on ledger_transfers to app_user;
grant select on ledger_transfers to app_admin, app_system;

alter table ledger_snapshots enable row level security, force row level security;
create policy own_read on ledger_snapshots for select to app_user
  using (account_id in (select id from ledger_accounts where owner_id = (select app_me())));
create policy admin_read on ledger_snapshots for select to app_admin using (true);
create policy system_all on ledger_snapshots for all to app_system using (true) with check (true);
grant select on ledger_snapshots to app_user, app_system;

alter table ledger_digests enable row level security, force row level security;
create policy admin_read on ledger_digests for select to app_admin using (true);
create policy system_all on ledger_digests for all to app_system using (true) with check (true);
grant select on ledger_digests to app_admin, app_system;

alter table ledger_checks enable row level security, force row level security;
create policy admin_read on ledger_checks for select to app_admin using (true);
create policy system_all on ledger_checks for all to app_system using (true) with check (true);
grant select on ledger_checks to app_admin;
grant select, insert, delete on ledger_checks to app_system;

revoke execute on function ledger_open_accounts(text[]) from public;
revoke execute on function ledger_check_transfer(text, text, text[], numeric, numeric, numeric) from public;
revoke execute on function ledger_balance(text, text) from public;
revoke execute on function ledger_post(text, text, text, text, text, timestamptz, text, text, boolean, jsonb, text[], bigint[]) from public;
revoke execute on function ledger_shares_of(text[]) from public;
revoke execute on function ledger_lock_transfer(text) from public;
revoke execute on function ledger_take_snapshots(bigint, timestamptz) from public;
revoke execute on function ledger_fingerprint(timestamptz, timestamptz) from public;
revoke execute on function ledger_close_day(text, timestamptz, timestamptz) from public;
grant execute on function ledger_balance(text, text) to app_user, app_system;
grant execute on function ledger_post(text, text, text, text, text, timestamptz, text, text, boolean, jsonb, text[], bigint[]) to app_system;
grant execute on function ledger_shares_of(text[]) to app_user;
grant execute on function ledger_lock_transfer(text) to app_system;
grant execute on function ledger_take_snapshots(bigint, timestamptz) to app_system;
grant execute on function ledger_fingerprint(timestamptz, timestamptz) to app_system, app_admin;
grant execute on function ledger_close_day(text, timestamptz, timestamptz) to app_system;
