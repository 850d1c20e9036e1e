/** One matter beside its list; on a phone alone, with the way back. */
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';

export interface DeskPanelProps<Data> {
  /** What the matter is called, for those who hear the page. */
  readonly label: string;
  /** The heading of the list, which a phone does not show beside it. */
  readonly title: string;
  readonly backTo: '/admin/appeals' | '/admin/escalations' | '/admin/reports';
  readonly back: string;
  readonly query: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
    readonly isError: boolean;
    readonly refetch: () => unknown;
  };
  /** Room below for what is fixed at the foot. */
  readonly className?: string;
  readonly children: (data: Data) => ReactNode;
}

export function DeskPanel<Data>(props: DeskPanelProps<Data>): ReactNode {
  const { back, backTo, children, className = 'pb-24', label, query, title } = props;
  return (
    <article className={clsx('min-w-0', className)} aria-label={label}>
      {/* Beside the list its heading is the page's; alone the matter needs one. */}
      <h1 className="sr-only lg:hidden">{title}</h1>
      <p className="pt-4 lg:hidden">
        <Link to={backTo} search={true}>
          <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} className="mr-1 inline" />
          {back}
        </Link>
      </p>
      {query.isPending ? <SkeletonRows rows={4} /> : null}
      {query.isError && !query.data ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data === undefined ? null : children(query.data)}
    </article>
  );
}
