/** Key: the statement's id. */
export const RELEASE_STATEMENT = 'statements.release';
