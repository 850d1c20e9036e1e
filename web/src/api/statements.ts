import { useQuery } from '@tanstack/react-query';
import { audit, statements } from '@virgil/contract';
import { downloadAddress } from './download.ts';
import { queryOf } from './queries.ts';

export const useStatementOfReasons = (id: string) => useQuery(queryOf(statements.getStatement, { params: { id } }));

/** The proof that the decision is in the public log. */
export const proofOf = (eventId: string): string => downloadAddress(audit.getReceipt, { params: { eventId } });
