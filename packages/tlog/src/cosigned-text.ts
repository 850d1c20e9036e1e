/** What an Ed25519 cosignature signs: c2sp.org/tlog-cosignature. */

/** `timestamp` is in whole seconds since 1970; `checkpointText` is the note's text without its signatures. */
export function cosignedText(checkpointText: string, timestamp: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timestamp}\n${checkpointText}`);
}

/** The last second of which JavaScript knows the date, in the year 275760. */
const LAST_SECOND = 8_640_000_000_000n;

/** The time in front of the 64 bytes of the signature; null when the bytes have another form, or no date has that time. */
export function readTimestamp(signature: Uint8Array): number | null {
  if (signature.length !== 72) return null;
  const timestamp = Buffer.from(signature.subarray(0, 8)).readBigUInt64BE();
  return timestamp <= LAST_SECOND ? Number(timestamp) : null;
}
