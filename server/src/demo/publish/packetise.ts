/** Cuts H.264 into RTP payloads (RFC 6184, packetization-mode 1). */

const payloadLimit = 1_150;
const fragmentType = 28;

/** NAL units of an Annex B access unit, without their start codes. */
export function nalUnits(accessUnit: Buffer): Buffer[] {
  const starts: { code: number; unit: number }[] = [];
  for (let at = accessUnit.indexOf('\0\0\x01', 0, 'latin1'); at !== -1; ) {
    starts.push({ code: at > 0 && accessUnit[at - 1] === 0 ? at - 1 : at, unit: at + 3 });
    at = accessUnit.indexOf('\0\0\x01', at + 3, 'latin1');
  }
  return starts.map(({ unit }, index) => accessUnit.subarray(unit, starts[index + 1]?.code ?? accessUnit.length));
}

/** Payloads of one picture, in order; the last one carries the marker. */
export function h264Payloads(accessUnit: Buffer): Buffer[] {
  return nalUnits(accessUnit).flatMap((unit) => {
    if (unit.length <= payloadLimit) return [unit];
    const head = unit.readUInt8(0);
    const fragments: Buffer[] = [];
    for (let at = 1; at < unit.length; at += payloadLimit - 2) {
      const part = unit.subarray(at, at + payloadLimit - 2);
      const isFirst = at === 1;
      const isLast = at + part.length === unit.length;
      const indicator = (head & 0xe0) | fragmentType;
      const mark = (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | (head & 0x1f);
      fragments.push(Buffer.concat([Buffer.from([indicator, mark]), part]));
    }
    return fragments;
  });
}
