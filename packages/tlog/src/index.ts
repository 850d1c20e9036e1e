export {
  type Appended,
  append,
  edgeRoot,
  emptyEdge,
  loadEdge,
  type ReadTile,
  type StoredTile,
  type TreeEdge,
} from './append.ts';
export {
  type Checkpoint,
  formatCheckpoint,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.ts';
export { addCosignatures, cosign } from './cosignature.ts';
export { decodeEntries, encodeEntries, MAX_ENTRY_BYTES } from './entry-bundle.ts';
export { MalformedError, UnverifiedError } from './errors.ts';
export { completeRoot, emptyRoot, type Hash, leafHash, nodeHash, sameHash } from './hashing.ts';
export {
  generateKey,
  type KeyKind,
  type KeyPair,
  type PrivateKey,
  type PublicKey,
  parseSigner,
  parseVerifier,
  verifierKey,
} from './keys.ts';
export {
  type Note,
  type NoteSignature,
  type OpenedNote,
  openNote,
  parseNote,
  signNote,
  type VerifiedSignature,
} from './note.ts';
export { consistencyProof, inclusionProof } from './proofs.ts';
export { formatReceipt, parseReceipt, type Receipt, type TrustedLog, verifyReceipt } from './receipt.ts';
export { entryTiles, hashTiles, parseTilePath, TILE_WIDTH, type Tile, tilePath } from './tile-paths.ts';
export { TreeReader } from './tree-reader.ts';
export { type TreeHead, verifyConsistency, verifyInclusion } from './verify-proofs.ts';
