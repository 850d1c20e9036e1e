/** `npm run ledger:check`: says of each invariant of the books whether it holds. Exit code 1 when one does not. */
import { realClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { type DatabaseHandle, openBeside } from '../db/index.ts';
import { checkInvariants, type InvariantResult, type ProviderBalances, STATEMENTS } from '../features/ledger/index.ts';
import { balancesAt } from '../payments/balances.ts';
import { Sandbox } from '../payments/sandbox/index.ts';
import { StripeProvider } from '../payments/stripe/index.ts';
import { StartupProblem } from '../startup-problem.ts';
import { quietLogger } from './quiet-logger.ts';

const MARKS = { holds: 'holds      ', broken: 'BROKEN     ', unchecked: 'not checked' } as const;

try {
  const config = readConfig(process.env);
  const storage = await openBeside({ ...config, clock: realClock, logger: quietLogger });
  try {
    const results = await storage.database.asSystem('check the books', (tx) =>
      checkInvariants(tx, providerBalances(config, storage)),
    );
    process.stdout.write(report(results));
    process.exitCode = results.some(({ state }) => state === 'broken') ? 1 : 0;
  } finally {
    await storage.close();
  }
} catch (error) {
  if (!(error instanceof StartupProblem)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = error.exitCode;
}

function providerBalances({ payments }: Config, { database }: DatabaseHandle): ProviderBalances | null {
  switch (payments?.provider) {
    case 'sandbox':
      return balancesAt(
        // It signs nothing and tells nobody here: only its memory is read.
        new Sandbox({ database, clock: realClock, logger: quietLogger, secret: '' }),
      );
    case 'stripe':
      return balancesAt(new StripeProvider({ ...payments, webhookSecrets: payments.webhookSecret.split(',') }));
    case undefined:
      return null;
  }
}

function report(results: readonly InvariantResult[]): string {
  const lines = results.flatMap(({ findings, id, state }) => [
    `${id}  ${MARKS[state]}  ${STATEMENTS[id]}`,
    ...findings.map((finding) => `                 ${finding}`),
  ]);
  const broken = results.filter(({ state }) => state === 'broken').map(({ id }) => id);
  const sum = broken.length === 0 ? 'The books add up.' : `The books do not add up: ${broken.join(', ')}.`;
  return `${lines.join('\n')}\n\n${sum}\n`;
}
