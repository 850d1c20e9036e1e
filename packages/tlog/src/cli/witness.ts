import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type PublicKey, parseSigner, verifierKey } from '../keys.ts';
import { witnessListener } from '../witness/http.ts';
import { folderStore } from '../witness/stores.ts';
import { Witness } from '../witness/witness.ts';
import { asUsage, fileArgument, verifierArguments, wholeNumber } from './arguments.ts';
import { exitCodes, Usage } from './outcome.ts';

const options = {
  key: { type: 'string' },
  log: { type: 'string', multiple: true },
  state: { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8380' },
} as const;

/** Runs until it is told to stop. */
export async function witness(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (values.key === undefined || values.state === undefined || values.log === undefined) {
    throw new Usage('--key, --log and --state are needed');
  }
  const text = (await fileArgument(values.key)).toString('utf8').trim();
  const key = asUsage(() => parseSigner(text));
  if (key.kind !== 'cosignature') throw new Usage('that is the key of a log: keygen --witness makes one for a witness');
  const logs = new Map<string, PublicKey[]>();
  for (const log of verifierArguments(values.log, 'note')) {
    logs.set(log.name, [...(logs.get(log.name) ?? []), log]);
  }
  const state = new Witness({ key, logs, store: folderStore(values.state) });
  const server = createServer(witnessListener(state, verifierKey(key)));
  server.listen(wholeNumber(values.port, '--port', 65_535), values.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  console.log(`${verifierKey(key)}\nlistening on http://${values.host}:${port}, for ${[...logs.keys()].join(', ')}`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  server.close();
  server.closeIdleConnections();
  return exitCodes.good;
}
