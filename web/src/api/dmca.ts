import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type BodyInputOf, type DmcaStatus, dmca } from '@virgil/contract';
import { call } from './call.ts';
import { asProblem } from './problem.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export type NoticeBody = BodyInputOf<typeof dmca.sendNotice>;
export type CounterBody = BodyInputOf<typeof dmca.sendCounterNotice>;
export type SettingsBody = BodyInputOf<typeof dmca.updateSettings>;

export const sendNotice = (body: NoticeBody) => call(dmca.sendNotice, { body });

const matterQuery = (id: string, token: string | undefined) =>
  queryOf(dmca.getMatter, { params: { id }, query: token ? { token } : {} });

/** By the token of the receipt, or as the creator concerned. */
export function useMatter(id: string, token: string | undefined) {
  return useQuery({ ...matterQuery(id, token), refetchInterval: 60_000 });
}

/** Another tab, or the other side, was faster: the page shows what happened. */
async function refreshWhenLate(error: unknown): Promise<void> {
  if (asProblem(error).code === 'already_decided') await refresh(dmca.getMatter);
}

export async function sendCounterNotice(id: string, body: CounterBody): Promise<void> {
  try {
    const matter = await call(dmca.sendCounterNotice, { params: { id }, body });
    queryClient.setQueryData(matterQuery(id, undefined).queryKey, matter);
  } catch (error) {
    await refreshWhenLate(error);
    throw error;
  }
  await refresh(dmca.listMine);
}

export async function reportCourtAction(
  id: string,
  token: string,
  body: BodyInputOf<typeof dmca.reportCourtAction>,
): Promise<void> {
  try {
    const matter = await call(dmca.reportCourtAction, { params: { id }, query: { token }, body });
    queryClient.setQueryData(matterQuery(id, token).queryKey, matter);
  } catch (error) {
    await refreshWhenLate(error);
    throw error;
  }
}

export async function retractNotice(id: string, token: string, reason: string): Promise<void> {
  try {
    const matter = await call(dmca.retractNotice, { params: { id }, query: { token }, body: { reason } });
    queryClient.setQueryData(matterQuery(id, token).queryKey, matter);
  } catch (error) {
    await refreshWhenLate(error);
    throw error;
  }
}

export function useMyMatters() {
  return useInfiniteQuery(pagesOf(dmca.listMine, { query: { limit: 100 } }));
}

export function useNotices(filter: { status?: DmcaStatus | undefined; q?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(dmca.listNotices, {
      query: {
        limit: 50,
        ...(filter.status ? { status: filter.status } : {}),
        ...(filter.q ? { q: filter.q } : {}),
      },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

const dossierQuery = (id: string) => queryOf(dmca.getDossier, { params: { id } });

export function useDossier(id: string) {
  return useQuery({ ...dossierQuery(id), refetchInterval: 30_000 });
}

export type DossierAct = 'approve' | 'reject' | 'chase' | 'void' | 'restore' | 'misrepresentation';
const ACTS = {
  approve: dmca.approveNotice,
  reject: dmca.rejectNotice,
  chase: dmca.chaseNotice,
  void: dmca.voidNotice,
  restore: dmca.restoreAfterCourt,
  misrepresentation: dmca.recordMisrepresentation,
} as const;

/** Also when it was refused: somebody else may have decided in the meantime, and the page shows what. */
export async function actOnNotice(id: string, act: DossierAct, reason: string): Promise<void> {
  try {
    queryClient.setQueryData(dossierQuery(id).queryKey, await call(ACTS[act], { params: { id }, body: { reason } }));
  } finally {
    await refresh(dmca.getDossier, dmca.listNotices);
  }
}

/** What came by letter: the claimant's own acts, entered by an admin. */
export async function enterByLetter(
  id: string,
  act:
    | { readonly kind: 'retract'; readonly reason: string }
    | { readonly kind: 'court'; readonly court: string; readonly reference: string },
): Promise<void> {
  const params = { id };
  try {
    if (act.kind === 'retract') await call(dmca.retractNotice, { params, query: {}, body: { reason: act.reason } });
    else
      await call(dmca.reportCourtAction, { params, query: {}, body: { court: act.court, reference: act.reference } });
  } finally {
    await refresh(dmca.getDossier, dmca.listNotices);
  }
}

export async function enterNotice(body: BodyInputOf<typeof dmca.enterNotice>): Promise<string> {
  const dossier = await call(dmca.enterNotice, { body });
  await refresh(dmca.listNotices);
  return dossier.id;
}

export async function completeNotice(id: string, body: NoticeBody): Promise<void> {
  queryClient.setQueryData(dossierQuery(id).queryKey, await call(dmca.completeNotice, { params: { id }, body }));
  await refresh(dmca.listNotices);
}

export async function openEvidence(id: string, reason: string) {
  const { items } = await call(dmca.openEvidence, { params: { id }, body: { reason } });
  await refresh(dmca.getDossier);
  return items;
}

export const exportToLumen = (id: string) => call(dmca.exportToLumen, { params: { id } });

export function useDmcaSettings() {
  return useQuery(queryOf(dmca.getSettings, {}));
}

export async function updateDmcaSettings(body: SettingsBody): Promise<void> {
  const settings = await call(dmca.updateSettings, { body });
  queryClient.setQueryData(queryOf(dmca.getSettings, {}).queryKey, settings);
}
