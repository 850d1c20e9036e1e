/** A node that runs jobs, in a process of its own so that it can be killed. Arguments: the superuser's address. */
import { Registry } from 'prom-client';
import { realClock } from '../../src/clock.ts';
import { connectionStrings } from '../../src/db/connection-strings.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createJobRunner } from '../../src/jobs/index.ts';
import { effectJob } from './effect-job.ts';
import { silentLogger } from './silent-logger.ts';

const handle = await openDatabase({
  urls: connectionStrings(process.argv[2] ?? '', ''),
  clock: realClock,
  logger: silentLogger,
  poolSize: 1,
  prepared: true,
});
const runner = createJobRunner({
  handle,
  clock: realClock,
  logger: silentLogger,
  registry: new Registry(),
  handlers: [effectJob],
});
await runner.start();
process.stdout.write('running\n');
