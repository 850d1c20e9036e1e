import { fetchNode } from '../setup/private-node.mjs';
import { runMain } from '../setup/report.mjs';

await runMain(async () => {
  await fetchNode();
  return 0;
});
