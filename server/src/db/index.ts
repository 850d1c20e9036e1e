/** The door to the store. Tables come from `schema/index.ts`. */
export { type AuditEntity, type AuditEntry, type AuditType, auditType, recordAudit } from './audit-outbox.ts';
export type { Database, Tx } from './database.ts';
export { createDispatcher, type Dispatcher } from './dispatcher.ts';
export { type DatabaseHandle, openDatabase, type StoreLogger } from './open-database.ts';
export { openStorage, type StorageOptions } from './open-storage.ts';
export { announce, type DomainEvent } from './outbox.ts';
export { isUnavailable, isUniqueViolation } from './postgres-errors.ts';
export { on, type Subscription } from './subscription.ts';
export { createTestClock, type TestClock } from './test-clock.ts';
