/** Starts the server: configuration → app → listen → signals. */
import { type App, createApp } from './app.ts';
import { readConfig } from './config.ts';
import { endOnSignals } from './end-on-signals.ts';
import { ownAddresses } from './http/index.ts';
import { StartupProblem } from './startup-problem.ts';

let app: App | undefined;
try {
  const config = readConfig(process.env, process.argv.slice(2));
  app = await createApp(config);
  endOnSignals(app.close);
  await app.listen();
  const { setupLink, missing } = await app.notes();
  process.stdout.write(
    welcome(app.url, config.host === '0.0.0.0' ? ownAddresses().slice(1) : [], setupLink, missing, config),
  );
} catch (error) {
  await app?.close();
  if (!(error instanceof StartupProblem)) throw error;
  process.stderr.write(`\n${error.message}\n\n`);
  process.exitCode = error.exitCode;
}

function welcome(
  url: string,
  addresses: readonly string[],
  setupLink: string | null,
  missing: readonly string[],
  config: { mode: string; tls: unknown; admin: { email: string } | null; port: number },
): string {
  const scheme = config.tls === null ? 'http' : 'https';
  const lines = [`Virgil is ready (${config.mode}).`, '', `  Open       ${url}`];
  for (const address of addresses) lines.push(`             ${scheme}://${address}:${config.port}`);
  if (setupLink !== null) lines.push(`  Admin      no admin yet: open ${setupLink}`);
  else if (config.admin !== null) lines.push(`  Admin      sign in as ${config.admin.email}`);
  lines.push(`  Reference  ${url}/docs`);
  if (config.tls === 'self-signed') {
    lines.push('', '  The certificate is self-signed: the browser warns once; choose “Advanced”, then “Proceed”.');
  }
  for (const one of missing) lines.push(`  Missing    ${one}`);
  lines.push('', '  Ctrl+C ends it.', '');
  return `\n${lines.join('\n')}\n`;
}
