import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { privateFolder, root } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { fromVitest, tallyRun } from './tally.mjs';

/** Runs one project of vitest.config.ts as a step; one without a test file is a failure, not nothing to do. */
export function vitestStep(node, env, name, project) {
  return {
    name,
    run: async ({ echo = true } = {}) => {
      const reports = path.join(privateFolder, 'reports');
      mkdirSync(reports, { recursive: true });
      const report = path.join(reports, `vitest-${project}.json`);
      rmSync(report, { force: true });
      const args = [
        path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        `--project=${project}`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const { code, output } = await runCommand(node, args, { cwd: root, env, echo });
      return { ...tallyRun(report, fromVitest, code), said: echo ? '' : output };
    },
  };
}
