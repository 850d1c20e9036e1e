/**
 * Sealing with AES-256-GCM. Each person has a random key of 256 bits; it is kept wrapped by the key in the data folder.
 * Once it is destroyed, whatever was sealed under it is noise for ever, while the bytes in the log stay as they are.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

export const newKey = (): Buffer => randomBytes(32);

/** Taking in the bytes of a key costs Node more than sealing with it: a batch does it once for each person. */
const takenIn = new WeakMap<Uint8Array, KeyObject>();

function keyOf(bytes: Uint8Array): KeyObject {
  const known = takenIn.get(bytes) ?? createSecretKey(bytes);
  takenIn.set(bytes, known);
  return known;
}

/** Nonce, ciphertext, tag. `context` is bound in: it opens in the place it was sealed for and nowhere else. */
export function seal(key: Uint8Array, context: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when the key, the context or a byte is another one. */
export function unseal(key: Uint8Array, context: string, sealed: Uint8Array): Buffer {
  if (sealed.length < NONCE + TAG) throw new Error('too short to be sealed');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE))
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(sealed.length - TAG));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE, sealed.length - TAG)), decipher.final()]);
}
