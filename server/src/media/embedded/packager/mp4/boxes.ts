/** ISO base media file format (ISO/IEC 14496-12): how a box is put together. */

export type Piece = Buffer | readonly Piece[];

function flatten(pieces: readonly Piece[], into: Buffer[]): Buffer[] {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) into.push(piece);
    else flatten(piece, into);
  }
  return into;
}

export function box(type: string, ...pieces: Piece[]): Buffer {
  const body = flatten(pieces, []);
  const head = Buffer.allocUnsafe(8);
  let size = 8;
  for (const piece of body) size += piece.length;
  head.writeUInt32BE(size, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...body], size);
}

export function fullBox(type: string, version: number, flags: number, ...pieces: Piece[]): Buffer {
  return box(type, u32(version * 0x100_0000 + flags), ...pieces);
}

export function u8(...values: number[]): Buffer {
  return Buffer.from(values);
}

export function u16(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16BE(value, index * 2);
  });
  return bytes;
}

export function u32(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

export function u64(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 8);
  values.forEach((value, index) => {
    bytes.writeBigUInt64BE(BigInt(value), index * 8);
  });
  return bytes;
}

export function zeros(count: number): Buffer {
  return Buffer.alloc(count);
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
