/** Facts on hairlines: what it is on the left, what it says on the right. */
import clsx from 'clsx';
import type { ReactNode } from 'react';

export interface Fact {
  readonly name: string;
  /** Nothing is drawn for null. */
  readonly value: ReactNode;
}

export function Facts({ facts, className }: { facts: readonly Fact[]; className?: string }): ReactNode {
  return (
    <dl className={clsx('border-t border-line', className)}>
      {facts
        .filter(({ value }) => value !== null)
        .map(({ name, value }) => (
          <div
            key={name}
            className="grid gap-x-4 gap-y-0.5 border-b border-line py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]"
          >
            <dt className="text-ink-3">{name}</dt>
            <dd className="whitespace-pre-line [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
