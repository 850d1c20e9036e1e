import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { transparency } from '@virgil/contract';
import { downloadAddress } from './download.ts';
import { queryOf } from './queries.ts';

export type By = 'month' | 'half';

export const useTransparency = (by: By) =>
  useQuery({ ...queryOf(transparency.getTransparency, { query: { by } }), placeholderData: keepPreviousData });

export const useAdminTransparency = () => useQuery(queryOf(transparency.getAdminTransparency, {}));

export const transparencyFile = (by: By): string => downloadAddress(transparency.exportTransparency, { query: { by } });
export const statementsFile = (): string => downloadAddress(transparency.exportDsaStatements, {});
