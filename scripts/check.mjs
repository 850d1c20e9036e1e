import { staticChecks } from './checks/static-checks.mjs';
import { runSteps } from './checks/steps.mjs';
import { vitestStep } from './checks/vitest-step.mjs';
import { environmentWith, prepare } from './setup/prepare.mjs';
import { runMain } from './setup/report.mjs';

/** The quick half of `npm test`: what needs no database, no server and no browser. */
await runMain(async () => {
  const node = await prepare();
  const env = environmentWith(node);
  return runSteps([...staticChecks(node, env), vitestStep(node, env, 'unit and property tests', 'unit')]);
});
