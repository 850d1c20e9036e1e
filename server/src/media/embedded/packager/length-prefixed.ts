/** NAL units as MP4 stores them: each behind its length in four bytes. */
export function lengthPrefixed(nals: readonly Buffer[]): Buffer {
  const size = nals.reduce((sum, nal) => sum + 4 + nal.length, 0);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const nal of nals) {
    at = bytes.writeUInt32BE(nal.length, at);
    at += nal.copy(bytes, at);
  }
  return bytes;
}
