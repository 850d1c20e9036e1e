import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { privateFolder } from './setup/paths.mjs';
import { say } from './setup/report.mjs';
import { runCommand } from './setup/run-command.mjs';

/**
 * Gets what full coverage wants beyond Node and npm. Every test that needs one of these says so and is skipped without
 * it, so nothing here may fail the run.
 */
const wanted = [
  { program: 'ffmpeg', debian: 'ffmpeg', use: 'pushes RTMP as a foreign encoder' },
  { program: 'python3', debian: 'python3 python3-venv', use: 'tries the API from its description' },
];

const has = (program) => !spawnSync(program, ['-version'], { stdio: 'ignore' }).error;

const minutes = (count) => ({ timeout: count * 60_000, killSignal: 'SIGKILL' });

function installOnDebian(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, encoding: 'utf8', ...minutes(5) });
  say(`installing ${packages.join(' ')} with apt-get …`);
  apt('update', '-qq');
  const { status, stderr } = apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
  if (status !== 0) say(`apt-get could not install ${packages.join(' ')}: ${stderr.trim().split('\n').at(-1)}`);
}

async function installSchemathesis() {
  const folder = path.join(privateFolder, 'python');
  const binary = path.join(folder, 'bin', 'schemathesis');
  if (existsSync(binary) || !has('python3')) return;
  say('installing Schemathesis for Python …');
  for (const [file, args] of [
    ['python3', ['-m', 'venv', folder]],
    [path.join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', 'schemathesis==4.32.5']],
  ]) {
    const { code, output } = await runCommand(file, args, { timeout: 5 * 60_000 });
    if (code !== 0) {
      say(`Schemathesis could not be installed: ${output.trim().split('\n').at(-1)}`);
      return;
    }
  }
}

const missing = wanted.filter(({ program }) => !has(program));
const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
if (missing.length > 0 && mayInstall) installOnDebian(missing.flatMap(({ debian }) => debian.split(' ')));
await installSchemathesis();

for (const { program, use } of wanted) if (!has(program)) say(`without ${program}, the test that ${use} is skipped`);
if (has('python3') && !existsSync(path.join(privateFolder, 'python', 'bin', 'schemathesis'))) {
  say('without Schemathesis, the test that tries the API from its description is skipped');
}
