import { Link } from '@tanstack/react-router';
import type { LivestreamSummary } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { RealmMark } from './realm-mark.tsx';
import { StreamStill } from './stream-still.tsx';
import { Viewers } from './viewers.tsx';

/** A livestream in a grid or, with `row`, in a list. The title is the link; the picture is a larger target for it. */
export function StreamTile({
  stream,
  row,
  heading: Heading = 'h3',
}: {
  stream: LivestreamSummary;
  row?: boolean;
  heading?: 'h2' | 'h3';
}): ReactNode {
  const [looking, setLooking] = useState(false);
  const look = {
    onPointerEnter: () => setLooking(true),
    onPointerLeave: () => setLooking(false),
    onFocus: () => setLooking(true),
    onBlur: () => setLooking(false),
  };
  const title = (
    <Heading className={row ? 'text-16 leading-snug' : 'text-18 leading-snug'}>
      <Link
        to="/watch/$streamId"
        params={{ streamId: stream.id }}
        className="no-underline after:absolute after:inset-0 hover:underline"
        dir="auto"
      >
        {stream.title}
      </Link>
    </Heading>
  );
  const creator = (
    <p className={row ? 'truncate text-14 text-ink-2' : 'truncate font-[560] text-ink-2'} dir="auto">
      {stream.creator.displayName}
    </p>
  );
  const meta = (
    <p className="mt-1 flex flex-wrap items-center gap-x-3 text-14">
      <RealmMark realm={stream.danteRealm} />
      {stream.category && !row ? (
        <span className="truncate text-ink-3" dir="auto">
          {stream.category}
        </span>
      ) : null}
      <Viewers count={stream.viewers} className="ml-auto" />
    </p>
  );

  if (row) {
    return (
      <article className="relative grid grid-cols-[8.5rem_minmax(0,1fr)] items-center gap-4" {...look}>
        <StreamStill stream={stream} active={looking} />
        <div className="min-w-0">
          {title}
          {creator}
          {meta}
        </div>
      </article>
    );
  }
  return (
    <article className="relative min-w-0" {...look}>
      <StreamStill stream={stream} active={looking} />
      <div className="grid gap-0.5 pt-3">
        {title}
        {creator}
        {meta}
      </div>
    </article>
  );
}
