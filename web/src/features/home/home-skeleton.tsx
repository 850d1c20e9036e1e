import type { ReactNode } from 'react';
import { Block, Skeleton } from '../../ui/states.tsx';

const FOUR = ['a', 'b', 'c', 'd'];

export function HomeSkeleton(): ReactNode {
  return (
    <Skeleton>
      <div className="page grid gap-6 pt-0! sm:pt-8! lg:grid-cols-[minmax(0,8fr)_minmax(0,4fr)] lg:gap-10">
        <div className="-mx-4 sm:mx-0">
          <Block className="aspect-video" />
          <Block className="mx-4 mt-5 h-9 w-3/5 sm:mx-0" />
          <Block className="mx-4 mt-3 h-4 w-2/5 sm:mx-0" />
        </div>
        <div className="grid content-start gap-6">
          {FOUR.map((row) => (
            <div key={row} className="grid grid-cols-[8.5rem_1fr] items-center gap-4">
              <Block className="aspect-video rounded-2" />
              <div className="grid gap-2">
                <Block className="h-4 w-4/5" />
                <Block className="h-3 w-2/5" />
              </div>
            </div>
          ))}
        </div>
      </div>
      <div className="page grid gap-6 sm:grid-cols-2 lg:grid-cols-4">
        {FOUR.map((tile) => (
          <div key={tile} className="grid gap-2">
            <Block className="aspect-video rounded-2" />
            <Block className="h-4 w-4/5" />
            <Block className="h-3 w-2/5" />
          </div>
        ))}
      </div>
    </Skeleton>
  );
}
