import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type BodyInputOf, comments, videos } from '@virgil/contract';
import { call } from './call.ts';
import { pagesOf, queryClient, queryOf, refresh } from './queries.ts';

export const videoQuery = (id: string) => queryOf(videos.getVideo, { params: { id } });

export function useVideo(id: string) {
  return useQuery({ ...videoQuery(id), staleTime: 60_000 });
}

export function useVideos(filter: { q?: string | undefined; creatorId?: string | undefined }) {
  return useInfiniteQuery({
    ...pagesOf(videos.listVideos, {
      query: {
        limit: 24,
        ...(filter.q ? { q: filter.q } : {}),
        ...(filter.creatorId ? { creatorId: filter.creatorId } : {}),
      },
    }),
    placeholderData: keepPreviousData,
  });
}

export async function updateVideo(id: string, body: BodyInputOf<typeof videos.updateVideo>): Promise<void> {
  const video = await call(videos.updateVideo, { params: { id }, body });
  queryClient.setQueryData(videoQuery(id).queryKey, video);
  await refresh(videos.listVideos, comments.listComments);
}
