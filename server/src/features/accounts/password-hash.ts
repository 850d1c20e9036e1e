/** argon2id with OWASP's parameters: 19 MiB, two passes, one lane; about 15 ms. */
import { hash, verify } from '@node-rs/argon2';

/** The library's enum exists only for the compiler. */
const ARGON2ID = 2;
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordHash = {
  hash: (password: string): Promise<string> => hash(password.normalize('NFKC'), OPTIONS),
  verify: ({ hash: stored, password }: { hash: string; password: string }): Promise<boolean> =>
    verify(stored, password.normalize('NFKC'), OPTIONS),
};
