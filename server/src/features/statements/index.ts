/** The door of statements of reasons. */
export { dsaRecordOf, type RecordedStatement } from './dsa-record.ts';
export { exportState, listExported } from './export-store.ts';
export { issueStatement, type NewStatement } from './issue-statement.ts';
export { statementJobs } from './jobs.ts';
export { endStatement, reverseStatement } from './reverse-statement.ts';
export { statementRoutes } from './routes.ts';
export { withdrawStatement } from './withdraw-statement.ts';
