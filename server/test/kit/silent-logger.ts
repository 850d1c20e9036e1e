/** A logger that says nothing; `VIRGIL_TEST_LOG=1` makes it speak. */
import type { StoreLogger } from '../../src/db/open-database.ts';

const speaks = process.env.VIRGIL_TEST_LOG === '1';
const say = (fields: object, message: string): void => {
  if (speaks) process.stderr.write(`${message} ${JSON.stringify(fields)}\n`);
};

export const silentLogger: StoreLogger = { debug: () => undefined, info: say, warn: say, error: say };
