import { prepare } from '../setup/prepare.mjs';
import { runMain } from '../setup/report.mjs';

await runMain(async () => {
  await prepare({ web: true });
  return 0;
});
