/**
 * `npm run demo`: the platform with people in it. This process is the server, as `npm start` runs it; the players are
 * a child process that uses it from outside. Beyond that it does one thing: it marks their accounts as demo.
 */
import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inArray } from 'drizzle-orm';
import { type App, createApp } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import { profiles } from '../db/schema/index.ts';
import { endOnSignals } from '../end-on-signals.ts';
import { StartupProblem } from '../startup-problem.ts';
import { adminEmail, channels, moderator, viewer } from './cast.ts';
import { loopFolder, readOrMakeDemoFile } from './demo-file.ts';
import { fromPlayers, type ToPlayers } from './messages.ts';
import { removeDemo } from './remove-demo.ts';

try {
  const config = readConfig(process.env, process.argv.slice(2));
  if (process.argv.includes('--remove')) process.stdout.write(`${await removeDemo(config)}\n`);
  else await runDemo();
} catch (error) {
  if (!(error instanceof StartupProblem)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = error.exitCode;
}

async function runDemo(): Promise<void> {
  const folder = readConfig(process.env, process.argv.slice(2)).dataFolder;
  const { password } = await readOrMakeDemoFile(folder);
  const admin = { VIRGIL_ADMIN_EMAIL: adminEmail, VIRGIL_ADMIN_PASSWORD: password };
  const config = readConfig({ LOG_LEVEL: 'error', ...process.env, ...admin }, process.argv.slice(2));
  const app = await createApp(config);
  const stopped = new AbortController();
  endOnSignals(async () => {
    stopped.abort();
    await app.close();
  });
  await app.listen();
  const { missing } = await app.notes();
  startPlayers(app, config, { url: app.url, password, folder: loopFolder(folder) }, missing, stopped.signal);
}

function startPlayers(app: App, config: Config, words: ToPlayers, missing: readonly string[], stop: AbortSignal): void {
  const players = fork(path.join(import.meta.dirname, 'players-main.ts'), {
    env: { ...process.env, ...trustOwnCertificate(config) },
  });
  stop.addEventListener('abort', () => players.disconnect());
  players.on('message', async (raw) => {
    const message = fromPlayers.parse(raw);
    if (message.type === 'made') await mark(app, message.userIds);
    else process.stdout.write(welcome(words, [...missing, ...(message.missing === null ? [] : [message.missing])]));
  });
  players.on('exit', (code) => {
    if (!stop.aborted) process.stderr.write(`\nThe people of the demo are gone (${code}); the server goes on.\n`);
  });
  players.send(words);
}

/** With `--https` the players meet the certificate that the server made for itself. */
function trustOwnCertificate({ tls, dataFolder }: Config): Record<string, string> {
  const certificate = path.join(dataFolder, 'self-signed.crt');
  return tls === 'self-signed' && existsSync(certificate) ? { NODE_EXTRA_CA_CERTS: certificate } : {};
}

async function mark(app: App, userIds: readonly string[]): Promise<void> {
  await app.storage.database.asSystem('mark the people of the demo', (tx) =>
    tx
      .update(profiles)
      .set({ isDemo: true })
      .where(inArray(profiles.id, [...userIds])),
  );
}

function welcome({ url, password }: ToPlayers, missing: readonly string[]): string {
  const lines = [
    `The demo is live: ${channels.length} streams, with people talking.`,
    '',
    `  Open       ${url}`,
    `  Sign in    ${adminEmail} (admin)`,
    `             ${moderator.email} (moderator)`,
    `             ${viewer.email} (viewer)`,
    `             ${channels[0]?.owner.email} (creator; live right now)`,
    `  Password   ${password} (all of them)`,
    `  Remove it  npm run demo -- --remove`,
    ...missing.map((one) => `  Missing    ${one}`),
    '',
    '  Ctrl+C ends it.',
  ];
  return `\n${lines.join('\n')}\n\n`;
}
