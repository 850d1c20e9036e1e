/**
 * Evidence is encrypted before it is stored: a copy of the database alone reads nothing. Format: one byte of version,
 * 12 of nonce, 16 of tag, the ciphertext (AES-256-GCM). What it belongs to is authenticated with it, so that sealed
 * bytes cannot be moved to another notice.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const document = z.record(z.string(), z.unknown());
export type EvidenceDocument = z.infer<typeof document>;

export class EvidenceSeal {
  readonly #key: Buffer;

  /** `secret`: 256 bits as text, of the data folder. Without it no evidence can ever be opened again. */
  constructor(secret: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', 'virgil dmca evidence', 32));
  }

  /** `sha256` is of the sealed bytes: it proves them unchanged without opening them. */
  seal(content: EvidenceDocument, belongsTo: string): { readonly sealed: Buffer; readonly sha256: string } {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    cipher.setAAD(Buffer.from(belongsTo));
    const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text]);
    return { sealed, sha256: sha256Of(sealed) };
  }

  /** Throws when the bytes were changed, belong to something else, or the secret is another. */
  open(sealed: Buffer, belongsTo: string): EvidenceDocument {
    if (sealed[0] !== VERSION) throw new Error(`sealed evidence of an unknown version ${sealed[0]}`);
    const nonce = sealed.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce);
    decipher.setAAD(Buffer.from(belongsTo));
    decipher.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG));
    const text = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE + TAG)), decipher.final()]);
    return document.parse(JSON.parse(text.toString('utf8')));
  }
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
