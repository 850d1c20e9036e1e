import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { privateFolder, root } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { fromVitest, tallyRun } from './tally.mjs';

/** Runs projects of vitest.config.ts as one step. */
export function vitestStep(node, env, name, projects) {
  return {
    name,
    run: async () => {
      const reports = path.join(privateFolder, 'reports');
      mkdirSync(reports, { recursive: true });
      const report = path.join(reports, `vitest-${projects.join('-')}.json`);
      rmSync(report, { force: true });
      const args = [
        path.join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--passWithNoTests',
        ...projects.map((project) => `--project=${project}`),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const { code } = await runCommand(node, args, { cwd: root, env, echo: true });
      return tallyRun(report, fromVitest, code);
    },
  };
}
