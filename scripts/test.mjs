import { playwrightStep } from './checks/playwright-step.mjs';
import { staticChecks } from './checks/static-checks.mjs';
import { runSteps } from './checks/steps.mjs';
import { vitestStep } from './checks/vitest-step.mjs';
import { findBrowser } from './setup/browser.mjs';
import { environmentWith, prepare } from './setup/prepare.mjs';
import { runMain } from './setup/report.mjs';

await runMain(async () => {
  const node = await prepare({ web: true, browser: true });
  const env = environmentWith(node, findBrowser().env);
  return runSteps([
    ...staticChecks(node, env),
    vitestStep(node, env, 'unit and property tests', 'unit'),
    // Most of either is waiting: for media in real time, and for servers that start and end.
    [
      vitestStep(node, env, 'media and database processes', 'processes'),
      vitestStep(node, env, 'start scripts', 'scripts'),
    ],
    vitestStep(node, env, 'database and API tests', 'database'),
    vitestStep(node, env, 'foreign clients', 'clients'),
    playwrightStep(node, env),
  ]);
});
