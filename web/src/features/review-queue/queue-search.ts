/** The queue's filters as its address keeps them, so that a view can be sent to somebody and comes back with Back. */
import { type Category, category, desk } from '@virgil/contract';

export interface QueueSearch {
  readonly status?: desk.ReviewStatus;
  readonly category?: Category;
  readonly source?: desk.ReviewSource;
  readonly stream?: string;
  readonly channel?: string;
  readonly claim?: 'mine' | 'free' | 'others';
  readonly found?: 'classifier' | 'people';
  readonly sort?: 'risk' | 'oldest';
  readonly q?: string;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const CLAIMS = ['mine', 'free', 'others'] as const;
const FINDERS = ['classifier', 'people'] as const;
const SORTS = ['risk', 'oldest'] as const;

const oneOf = <T extends string>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);

export function queueSearch(raw: Record<string, unknown>): QueueSearch {
  const q = typeof raw.q === 'string' || typeof raw.q === 'number' ? String(raw.q).trim().slice(0, 100) : '';
  const search = {
    status: oneOf(desk.reviewStatus.options, raw.status),
    category: oneOf(category.options, raw.category),
    source: oneOf(desk.reviewSource.options, raw.source),
    stream: typeof raw.stream === 'string' && ID.test(raw.stream) ? raw.stream : undefined,
    channel: typeof raw.channel === 'string' && ID.test(raw.channel) ? raw.channel : undefined,
    claim: oneOf(CLAIMS, raw.claim),
    found: oneOf(FINDERS, raw.found),
    sort: oneOf(SORTS, raw.sort),
    q: q === '' ? undefined : q,
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** What the server is asked; the order is the person's own where the address names none. */
export function filterOf({ channel, stream, ...rest }: QueueSearch, ownSort: 'risk' | 'oldest') {
  return {
    sort: ownSort,
    ...rest,
    ...(channel === undefined ? {} : { channelId: channel }),
    ...(stream === undefined ? {} : { streamId: stream }),
  };
}

export const isNarrowed = ({ sort: _sort, status: _status, ...rest }: QueueSearch): boolean =>
  Object.keys(rest).length > 0;

/** Streams to choose from: those of what is shown, each once, by name. */
export function streamsOf(items: readonly desk.ReviewItem[]): { readonly id: string; readonly title: string }[] {
  const streams = new Map(items.flatMap(({ stream }) => (stream === null ? [] : [[stream.id as string, stream]])));
  return [...streams.values()].toSorted((a, b) => a.title.localeCompare(b.title));
}
