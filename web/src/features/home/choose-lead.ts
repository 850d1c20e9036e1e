import type { LivestreamSummary } from '@virgil/contract';

export interface Front {
  readonly lead: LivestreamSummary | null;
  readonly beside: readonly LivestreamSummary[];
  readonly rest: readonly LivestreamSummary[];
}

/**
 * The lead is the most watched stream that everybody may see and that has a picture; the next four stand beside it,
 * the rest in the grid, all still in the order given (most watched first). Without such a stream all go to the grid.
 */
export function chooseLead(streams: readonly LivestreamSummary[]): Front {
  const lead = streams.find((stream) => !stream.patronOnly && stream.mediaState === 'live') ?? null;
  if (!lead) return { lead: null, beside: [], rest: streams };
  const others = streams.filter((stream) => stream !== lead);
  return { lead, beside: others.slice(0, 4), rest: others.slice(4) };
}
