/** The door to the store. Tables come from `schema/index.ts`. */
export { type AuditEntry, type AuditType, recordAudit } from './audit-outbox.ts';
export type { Database, Tx } from './database.ts';
export { createDispatcher } from './dispatcher.ts';
export { exclusively, type Transact } from './exclusive.ts';
export { hearNodeSignals } from './node-signals.ts';
export { openBeside } from './open-beside.ts';
export type { DatabaseHandle, StoreLogger } from './open-database.ts';
export { openStorage } from './open-storage.ts';
export { announce, type DomainEvent } from './outbox.ts';
export { on, type Subscription } from './subscription.ts';
export { createTestClock, type TestClock } from './test-clock.ts';
