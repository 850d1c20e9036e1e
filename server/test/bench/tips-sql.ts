/** What the ledger is measured against, and how an account gets many entries in a moment. */

/**
 * Balances in rows, as most begin: one function locks the fan's, the creator's and the platform's row, in one order,
 * checks, and writes. Keys are unique, entries are kept; nothing else is checked.
 */
export const NAIVE = `
  create table naive_accounts (id text primary key, balance bigint not null);
  create table naive_transfers (id bigint primary key generated always as identity, key text not null unique);
  create table naive_entries (
    id bigint primary key generated always as identity, transfer_id bigint not null, account_id text not null, amount bigint not null
  );
  create index on naive_entries (account_id);
  insert into naive_accounts values ('creator', 0), ('platform', 0);
  create function naive_tip(new_key text, fan text) returns bigint language plpgsql as $$
  declare
    made bigint;
    there bigint;
  begin
    insert into naive_transfers (key) values (new_key) on conflict (key) do nothing returning id into made;
    if made is null then return null; end if;
    perform 1 from naive_accounts where id in (fan, 'creator', 'platform') order by id for update;
    select balance into there from naive_accounts where id = fan;
    if there < 1000 then raise exception 'not enough'; end if;
    update naive_accounts set balance = balance - 1000 where id = fan;
    update naive_accounts set balance = balance + 900 where id = 'creator';
    update naive_accounts set balance = balance + 100 where id = 'platform';
    insert into naive_entries (transfer_id, account_id, amount)
    values (made, fan, -1000), (made, 'creator', 900), (made, 'platform', 100);
    return made;
  end $$`;

/** One statement of balanced transfers between two accounts that nothing else uses; the triggers look at all of it. */
export const FILL = `
  with made as (
    insert into ledger_transfers (id, key, request_hash, kind, currency, is_forced, at, posted_at, posted_xid)
    select 'fill ' || n || ' ' || pg_current_xact_id(), 'fill ' || n || ' ' || pg_current_xact_id(), 'h', 'provider_fee',
      'USD', false, now(), now(), pg_current_xact_id()
    from generate_series(1, $1::int) n returning id
  )
  insert into ledger_entries (transfer_id, account_id, currency, amount, posted_xid)
  select made.id, side.account, 'USD', side.amount, pg_current_xact_id()
  from made, (values ('platform:tax_withheld', -1), ('platform:dispute_hold', 1)) side (account, amount)`;
