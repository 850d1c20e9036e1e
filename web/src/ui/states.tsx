/** The states of a page or a list: loading, empty, error, refused, offline. */
import clsx from 'clsx';
import { Lock, type LucideIcon, RefreshCw, SearchX, WifiOff } from 'lucide-react';
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/problem.ts';
import { Button } from './button.tsx';
import { useProblemText } from './problem-text.ts';

/** Nothing for 300 ms, then flat blocks in the true shape, without shimmer. */
export function Skeleton({ children, label }: { children: ReactNode; label?: string }): ReactNode {
  const { t } = useTranslation('common');
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label ?? t('loading')}</span>
      <div aria-hidden="true" className={clsx(!late && 'invisible')}>
        {children}
      </div>
    </div>
  );
}

export function Block({ className, style }: { className?: string; style?: CSSProperties }): ReactNode {
  return <div className={clsx('bg-surface-2', className)} style={style} />;
}

export function SkeletonRows({ rows = 5 }: { rows?: number }): ReactNode {
  return (
    <Skeleton>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity and never move
        <div key={row} className="flex items-center gap-4 border-b border-line py-4">
          <Block className="size-10 rounded-person" />
          <div className="grid grow gap-2">
            <Block className="h-3.5 w-2/5" />
            <Block className="h-3 w-1/4" />
          </div>
        </div>
      ))}
    </Skeleton>
  );
}

export interface StateProps {
  readonly icon?: LucideIcon;
  /** One sentence of fact. */
  readonly title: string;
  /** One of what usually helps. */
  readonly text?: ReactNode;
  /** At most one act. */
  readonly children?: ReactNode;
  readonly className?: string;
  readonly role?: 'alert' | 'status';
  /** `h1` when it is all that the page shows. */
  readonly heading?: 'h1' | 'h2';
}

export function EmptyState({
  icon: Icon,
  title,
  text,
  children,
  className,
  role,
  heading: Heading = 'h2',
}: StateProps): ReactNode {
  return (
    <div role={role} className={clsx('grid max-w-[38rem] content-start justify-items-start gap-2 py-8', className)}>
      {Icon ? <Icon aria-hidden="true" size={26} strokeWidth={1.5} className="mb-1 text-ink-3" /> : null}
      <Heading className="text-21">{title}</Heading>
      {text ? <div className="text-ink-2">{text}</div> : null}
      {children ? <div className="mt-3 flex flex-wrap gap-3">{children}</div> : null}
    </div>
  );
}

/** What stopped and what can be done. Refusals say who may; not found says so. */
export function ErrorState({
  error,
  onRetry,
  children,
  className,
  heading,
}: {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
  className?: string;
  heading?: 'h1' | 'h2';
}): ReactNode {
  const { t } = useTranslation('common');
  const textOf = useProblemText();
  const problem = asProblem(error);
  const refused = problem.status === 401 || problem.status === 403;
  const gone = problem.code === 'not_found';
  const icon = problem.code === 'offline' ? WifiOff : refused ? Lock : gone ? SearchX : RefreshCw;
  const title = refused ? t('state.refused') : gone ? t('state.gone') : t('state.failed');
  return (
    <EmptyState
      role="alert"
      icon={icon}
      title={title}
      text={textOf(problem)}
      {...(className ? { className } : {})}
      {...(heading ? { heading } : {})}
    >
      {onRetry && !refused && !gone ? <Button onClick={onRetry}>{t('tryAgain')}</Button> : null}
      {children}
    </EmptyState>
  );
}

interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

export function MoreButton({ query }: { query: Pages }): ReactNode {
  const { t } = useTranslation('common');
  if (!query.hasNextPage) return null;
  return (
    <div className="mt-8 flex justify-center">
      <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {query.isFetchingNextPage ? t('loading') : t('more')}
      </Button>
    </div>
  );
}

export interface ListStatesProps {
  readonly query: Pages & {
    readonly isPending: boolean;
    readonly isError: boolean;
    readonly isSuccess: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
  /** How many there are so far. */
  readonly count: number;
  /** What stands there when there are none. */
  readonly empty: ReactNode;
  /** Blocks in the shape of what comes; rows where nothing else is said. */
  readonly skeleton?: ReactNode;
  /** Drawn when there are any. */
  readonly children: ReactNode;
}

/** A list that is read page by page: what comes, what stopped it, what is there, and the button for more. */
export function ListStates({ query, count, empty, skeleton, children }: ListStatesProps): ReactNode {
  return (
    <>
      {query.isPending ? (skeleton ?? <SkeletonRows rows={6} />) : null}
      {query.isError && count === 0 ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.isSuccess && count === 0 ? empty : null}
      {count > 0 ? children : null}
      <MoreButton query={query} />
    </>
  );
}
