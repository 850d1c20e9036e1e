import { useQuery } from '@tanstack/react-query';
import { type BodyInputOf, mails } from '@virgil/contract';
import { call } from './call.ts';
import { queryClient, queryOf } from './queries.ts';

const settings = queryOf(mails.getMailSettings, {});

export const useMailSettings = () => useQuery(settings);

export async function updateMailSettings(body: BodyInputOf<typeof mails.updateMailSettings>): Promise<void> {
  const next = await call(mails.updateMailSettings, { body });
  queryClient.setQueryData(settings.queryKey, next);
}

/** By the secret of a link in an e-mail. */
export const unsubscribe = (token: string) => call(mails.unsubscribe, { query: { token } });
