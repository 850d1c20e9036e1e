import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { generateKey, isKeyName } from '../keys.ts';
import { exitCodes, Usage } from './outcome.ts';

/** The file is for its owner alone, and one that is there already stays. */
export async function keygen(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { witness: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [name, file, ...more] = positionals;
  if (name === undefined || file === undefined || more.length > 0) throw new Usage('a name and a file are needed');
  if (!isKeyName(name)) throw new Usage('the name of a key has no space and no plus');
  const { signer, verifier } = generateKey(name, values.witness ? 'cosignature' : 'note');
  await writeFile(file, `${signer}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new Usage(error.code === 'EEXIST' ? `${file} is there already` : `${file}: ${error.code}`, { cause: error });
  });
  console.log(verifier);
  return exitCodes.good;
}
