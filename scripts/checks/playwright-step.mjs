import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from '../setup/browser.mjs';
import { privateFolder, root } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { fromPlaywright, oneSkipped, tallyRun } from './tally.mjs';

/** The browser flows. Without a browser they are skipped, and the run says so where nobody can miss it. */
export function playwrightStep(node, env) {
  return {
    name: 'browser flows',
    run: async () => {
      const config = path.join(root, 'e2e', 'playwright.config.ts');
      const browser = findBrowser();
      if (!browser.env) {
        console.log(`!!! BROWSER TESTS SKIPPED: ${browser.reason}`);
        return oneSkipped;
      }
      const reports = path.join(privateFolder, 'reports');
      mkdirSync(reports, { recursive: true });
      const report = path.join(reports, 'playwright.json');
      rmSync(report, { force: true });
      const args = [
        path.join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        `--config=${config}`,
        '--reporter=list,json',
      ];
      const { code } = await runCommand(node, args, {
        cwd: root,
        // Playwright sets FORCE_COLOR for its workers, and Node complains when it meets both.
        env: { ...env, ...browser.env, NO_COLOR: undefined, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
        echo: true,
      });
      return tallyRun(report, fromPlaywright, code);
    },
  };
}
