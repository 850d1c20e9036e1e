/** The door of statements of reasons. */
export { issueStatement, type NewStatement } from './issue-statement.ts';
export { reverseStatement } from './reverse-statement.ts';
