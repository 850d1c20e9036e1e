/** Payments on a database of their own with the sandbox as provider; purposes note what they are told. */

import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Person } from '../../src/actor.ts';
import { createTestClock, type TestClock } from '../../src/db/index.ts';
import {
  type Charged,
  type ChargeRequest,
  createPayments,
  type PaymentDeps,
  type Payments,
  paymentJobs,
  type Settlement,
} from '../../src/features/payments/index.ts';
import { createJobRunner } from '../../src/jobs/index.ts';
import type { PaymentProvider } from '../../src/payments/provider.ts';
import { Sandbox, sandboxJob } from '../../src/payments/sandbox/index.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makePerson } from './people.ts';
import { silentLogger } from './silent-logger.ts';

/** Minor units by place; the creator's three first. */
export type Balances = Record<
  'pending' | 'available' | 'held' | 'fees' | 'clearing' | 'dispute_hold' | 'provider_fees' | 'payout_in_transit',
  number
>;

export interface PaymentKit {
  readonly db: TestDatabase;
  readonly clock: TestClock;
  readonly sandbox: Sandbox;
  readonly deps: PaymentDeps;
  readonly payments: Payments;
  /** `paid tip-1`, `refunded tip-1 500 of 1000`, … in the order in which purposes heard of it. */
  readonly told: string[];
  person(name: string): Promise<Person>;
  charge(payer: Person, payee: Person | null, amount: number, more?: Partial<ChargeRequest>): Promise<Charged>;
  balances(creator: Person | null): Promise<Balances>;
  /** Product time goes on and due jobs run, several times over where they bring others. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function paymentKit(provider?: (kit: { sandbox: Sandbox }) => PaymentProvider): Promise<PaymentKit> {
  const clock = createTestClock();
  const db = await testDatabase({ clock, poolSize: 12 });
  await clock.attach(db.database);
  const told: string[] = [];
  const common = { database: db.database, clock, logger: pino({ level: 'silent' }) };
  const sandbox = new Sandbox({ ...common, secret: 'a secret of this test' });
  const settlement = notingSettlement(told);
  const deps: PaymentDeps = {
    ...common,
    publicUrl: () => 'http://virgil.test',
    provider: provider?.({ sandbox }) ?? sandbox,
    settlements: { tip: settlement, patronage: settlement, tier: settlement },
  };
  const payments = createPayments(deps);
  sandbox.connect((message) => payments.receive(message));
  const handle = { database: db.database, onCommit: db.onCommit.bind(db) };
  const jobs = createJobRunner({
    handle,
    clock,
    logger: silentLogger,
    registry: new Registry(),
    handlers: [...paymentJobs(deps), sandboxJob(sandbox)],
  });
  await jobs.start();
  let purposes = 0;

  return {
    db,
    clock,
    sandbox,
    deps,
    payments,
    told,
    person: (name) => makePerson(db, name),
    charge(payer, payee, amount, more = {}) {
      const id = `${payee === null ? 'tier' : 'tip'}-${++purposes}`;
      return payments.charge({
        purpose: { kind: payee === null ? 'tier' : 'tip', id },
        payerId: payer.userId,
        ...(payee === null ? {} : { payeeId: payee.userId }),
        amount,
        currency: 'EUR',
        idempotencyKey: id,
        description: 'A payment of this test',
        ...more,
      });
    },
    balances: (creator) => readBalances(db, creator),
    async advance(ms) {
      await clock.advance(ms);
      await jobs.runDue();
      await jobs.runDue();
    },
    async close() {
      await jobs.stop();
      clock.stop();
      await db.drop();
    },
  };
}

function notingSettlement(told: string[]): Settlement {
  return {
    async paid(_tx, { purpose }) {
      told.push(`paid ${purpose.id}`);
    },
    async failed(_tx, { failure, purpose }) {
      told.push(`failed ${purpose.id} ${failure}`);
    },
    async refunded(_tx, { amount, lost, payment, refundedTotal }) {
      told.push(`${lost ? 'lost' : 'refunded'} ${payment.purpose.id} ${amount}, ${refundedTotal} of ${payment.amount}`);
    },
    async disputed(_tx, { payment, status }) {
      told.push(`disputed ${payment.purpose.id} ${status}`);
    },
  };
}

const PLACES = ['fees', 'clearing', 'dispute_hold', 'provider_fees', 'payout_in_transit'] as const;

/** Summed up anew from the entries, whatever the ledger remembers. */
async function readBalances(db: TestDatabase, creator: Person | null): Promise<Balances> {
  const rows = await db.sql<{ account: string; balance: string }>(
    `select account_id as account, sum(amount) as balance from ledger_entries where currency = 'EUR'
       and (account_id like 'platform:%' or account_id like 'creator:' || $1 || ':%') group by account_id`,
    [creator?.userId ?? ''],
  );
  const found = new Map(rows.map(({ account, balance }) => [account.split(':').at(-1), Number(balance)]));
  return Object.fromEntries(
    ['pending', 'available', 'held', ...PLACES].map((place) => [place, found.get(place) ?? 0]),
    // The keys are those of the type.
  ) as Balances;
}
