/** The door to the DSA Transparency Database. */
export { type DsaDatabase, DsaDatabaseUnavailable } from './dsa-database.ts';
export { httpDsaDatabase } from './http-dsa-database.ts';
