/** Entry bundles of c2sp.org/tlog-tiles: each entry behind its length as a big-endian uint16. */
import { MalformedError } from './errors.ts';

export const MAX_ENTRY_BYTES = 0xffff;

/** Throws a RangeError for an entry above 65,535 bytes: such a thing belongs elsewhere, and its hash in the entry. */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  const bundle = Buffer.allocUnsafe(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${entry.length} bytes; 65,535 at most`);
    at = bundle.writeUInt16BE(entry.length, at);
    bundle.set(entry, at);
    at += entry.length;
  }
  return bundle;
}

/** The entries of a bundle, as views into it. */
export function decodeEntries(bundle: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 <= bytes.length ? at + 2 + bytes.readUInt16BE(at) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw new MalformedError('the bundle ends in the middle of an entry');
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
