/** A server's audit log in a process of its own, so that it can be killed. Arguments: the superuser's address, the folder. */
import { Registry } from 'prom-client';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { AuditLog } from '../../src/features/audit/index.ts';
import { silentLogger } from './silent-logger.ts';

const handle = await openDatabase({
  urls: connectionStrings(process.argv[2] ?? '', ''),
  clock: realClock,
  logger: silentLogger,
  poolSize: 1,
  prepared: true,
});
const log = await AuditLog.open({
  handle,
  clock: realClock,
  logger: silentLogger,
  registry: new Registry(),
  dataFolder: process.argv[3] ?? '',
  publicUrl: 'https://virgil.test',
  witness: null,
});
await log.start();
process.stdout.write('running\n');
// No pause between runs: whenever it is killed, it is killed at work.
for (;;) if ((await log.sequencer.run().catch(() => 0)) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
