import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { oneFailed, onePassed } from './tally.mjs';

const tool = (...parts) => path.join(root, 'node_modules', ...parts);

/** One static check: silent when all is well, answers its whole output when not. Each counts as one test. */
async function check(node, env, commands) {
  const results = await Promise.all(commands.map((args) => runCommand(node, args, { cwd: root, env })));
  const failed = results.filter(({ code }) => code !== 0);
  const said = failed.map(({ output }) => output.trimEnd()).join('\n');
  return { ...(failed.length > 0 ? oneFailed : onePassed), said };
}

/** Every folder that is a TypeScript project: the workspaces, and each library under packages/. */
function typeScriptProjects() {
  const packages = path.join(root, 'packages');
  const libraries = existsSync(packages) ? readdirSync(packages).map((name) => path.join('packages', name)) : [];
  return ['contract', 'server', 'web', 'e2e', ...libraries].filter((folder) =>
    existsSync(path.join(root, folder, 'tsconfig.json')),
  );
}

export function staticChecks(node, env) {
  return [
    {
      name: 'format and lint',
      run: () =>
        check(node, env, [
          [
            tool('@biomejs', 'biome', 'bin', 'biome'),
            'check',
            '--colors=off',
            '--max-diagnostics=60',
            '--error-on-warnings',
          ],
        ]),
    },
    {
      name: 'types',
      run: () =>
        check(
          node,
          env,
          typeScriptProjects().map((folder) => [tool('typescript', 'bin', 'tsc'), '-p', folder]),
        ),
    },
    {
      name: 'dependency rules',
      run: () => check(node, env, [[path.join(root, 'scripts', 'checks', 'dependency-rules.mjs')]]),
    },
    {
      name: 'unused code',
      run: () => check(node, env, [[tool('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints']]),
    },
  ];
}
