import type { ReactNode } from 'react';
import { Block, Skeleton } from './states.tsx';

/** One column on a phone, then two, four, six. */
export function TileGrid({ children }: { children: ReactNode }): ReactNode {
  return <ul className="grid gap-x-6 gap-y-9 sm:grid-cols-2 lg:grid-cols-4 2xl:grid-cols-6">{children}</ul>;
}

const EIGHT = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export function TileGridSkeleton(): ReactNode {
  return (
    <Skeleton>
      <TileGrid>
        {EIGHT.map((tile) => (
          <li key={tile} className="grid gap-2">
            <Block className="aspect-video rounded-2" />
            <Block className="mt-1 h-4 w-4/5" />
            <Block className="h-3 w-2/5" />
          </li>
        ))}
      </TileGrid>
    </Skeleton>
  );
}
