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
  type CheckOptions,
  checkLog,
  type Finding,
  type FindingKind,
  type SeenLog,
  type Verdict,
} from './check/check-log.ts';
export { LeafList } from './check/leaf-list.ts';
export { folderSource, httpSource, type LogSource, RefusedError, UnreachableError } from './check/source.ts';
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
export { type AskWitness, askWitness } from './witness/ask-witness.ts';
export { witnessListener } from './witness/http.ts';
export { folderStore, memoryStore } from './witness/stores.ts';
export { Witness, type WitnessAnswer, type WitnessOptions, type WitnessStore } from './witness/witness.ts';
