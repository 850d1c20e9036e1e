import { MalformedError } from './errors.ts';

export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Standard base64 with padding, in its one canonical spelling (Node's own decoder takes almost anything). */
export function fromBase64(text: string, what: string, bytes?: number): Uint8Array {
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') !== text) throw new MalformedError(`${what} is not base64`);
  if (bytes !== undefined && decoded.length !== bytes) throw new MalformedError(`${what} is not ${bytes} bytes long`);
  return decoded;
}
