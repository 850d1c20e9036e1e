import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCommand } from './run-command.mjs';

/** npm's own JavaScript, when it can be found: the one that started us, else the one beside the running Node. */
function npmScript() {
  const besideNode = path.join(
    path.dirname(process.execPath),
    ...(process.platform === 'win32' ? [] : ['..', 'lib']),
    'node_modules/npm/bin/npm-cli.js',
  );
  return [process.env.npm_execpath, besideNode].find(
    (file) => file && path.basename(file) === 'npm-cli.js' && existsSync(file),
  );
}

/** Without what an outer `npm start` tells its scripts about itself; it would make the inner npm work on the wrong folder. */
function environmentForNpm() {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^npm_(package_|lifecycle_|config_(local_prefix|workspace|workspaces|omit|include|global)$)/i.test(name)) {
      delete env[name];
    }
  }
  return env;
}

/**
 * `npm ci` in a folder. Install scripts never run, whatever the user's own settings say: this has to work on machines
 * that have nothing but Node and npm. The retries are short so that a machine without a network hears of it soon.
 */
export function npmCi({ cwd, node = process.execPath }) {
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--engine-strict=false',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=1000',
    '--fetch-retry-maxtimeout=3000',
  ];
  const script = npmScript();
  const env = environmentForNpm();
  if (script) return runCommand(node, [script, ...args], { cwd, env });
  return runCommand('npm', args, { cwd, env, shell: process.platform === 'win32' });
}

/** What npm's complaint means in words, with its own last lines below. */
export function explainNpmFailure(output) {
  const tail = output.trim().split('\n').slice(-12).join('\n');
  const reason = /E?(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH)/.test(output)
    ? 'The npm registry could not be reached. Check the network (or the proxy and registry set for npm), then try again.'
    : /EROFS|EACCES|EPERM/.test(output)
      ? 'npm may not write here. Check who owns the folder, or copy the checkout to a place you can write to.'
      : /ENOSPC/.test(output)
        ? 'The disk is full.'
        : /EINTEGRITY/.test(output)
          ? 'A downloaded package does not have the checksum written in the lock file, so it was not installed.'
          : 'npm gave up.';
  return `${reason}\n${tail}`;
}
