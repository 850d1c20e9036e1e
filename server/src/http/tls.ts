/** HTTPS by files, or with a certificate made here for `--https` (phones give no camera over plain http). */

import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { StartupProblem } from '../startup-problem.ts';

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
}

const LIFE_DAYS = 365;

export async function readTlsFiles(files: { cert: string; key: string }): Promise<TlsMaterial> {
  const read = async (name: string, path: string): Promise<string> => {
    try {
      return await readFile(path, 'utf8');
    } catch (cause) {
      throw new StartupProblem('config', `${name}: the file ${path} cannot be read.`, { cause });
    }
  };
  return { cert: await read('VIRGIL_TLS_CERT', files.cert), key: await read('VIRGIL_TLS_KEY', files.key) };
}

/** Kept in the data folder, so that a browser has to be convinced once; made anew when it is old or names other addresses. */
export async function selfSignedTls(dataFolder: string): Promise<TlsMaterial> {
  const addresses = ownAddresses();
  const certFile = join(dataFolder, 'self-signed.crt');
  const keyFile = join(dataFolder, 'self-signed.key');
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    if (covers(new X509Certificate(cert), addresses)) return { cert, key };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Loaded only here: half a second of certificate code that most starts never need.
  const { generate } = await import('selfsigned');
  const now = Date.now();
  const made = await generate([{ name: 'commonName', value: 'Virgil' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
    notBeforeDate: new Date(now - 3600_000),
    notAfterDate: new Date(now + LIFE_DAYS * 24 * 3600_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...addresses.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  await mkdir(dataFolder, { recursive: true });
  await writeFile(keyFile, made.private, { mode: 0o600 });
  await writeFile(certFile, made.cert);
  return { cert: made.cert, key: made.private };
}

/** Where other devices of this network reach the machine. */
export function ownAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return ['127.0.0.1', ...all.filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address)];
}

function covers(certificate: X509Certificate, addresses: readonly string[]): boolean {
  const ends = Date.parse(certificate.validTo);
  return ends - Date.now() > 7 * 24 * 3600_000 && addresses.every((ip) => certificate.checkIP(ip) !== undefined);
}
