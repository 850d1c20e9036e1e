import { completeRoot, emptyRoot, HASH_BYTES, type Hash, nodeHash } from '../hashing.ts';
import { largestPowerBelow } from '../tree-reader.ts';

/** Hashes of entries in their order, 32 bytes each in one piece: a million are 32 MB. */
export class LeafList {
  readonly bytes: Uint8Array;
  readonly size: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.size = Math.floor(bytes.length / HASH_BYTES);
  }

  /** As text, so that two of them compare by value. */
  at(index: number): string {
    return Buffer.from(this.slice(index, index + 1)).toString('latin1');
  }

  slice(start: number, end: number): Uint8Array {
    return this.bytes.subarray(start * HASH_BYTES, end * HASH_BYTES);
  }

  first(size: number): LeafList {
    return new LeafList(this.slice(0, size));
  }

  root(): Hash {
    return this.size === 0 ? emptyRoot : this.#root(0, this.size);
  }

  #root(start: number, end: number): Hash {
    const split = largestPowerBelow(end - start);
    if (end - start === 1 || split * 2 === end - start) return completeRoot(this.slice(start, end));
    return nodeHash(this.#root(start, start + split), this.#root(start + split, end));
  }
}
