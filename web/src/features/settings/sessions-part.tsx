import { useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, auth } from '../../api/auth.ts';
import { queryClient } from '../../api/queries.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { deviceName } from './device-name.ts';
import { Part } from './part.tsx';

export const sessionsKey = ['auth', 'sessions'];

interface Session {
  readonly token: string;
  readonly name: string | null;
  readonly mobile: boolean;
  readonly lastSeen: Date;
  readonly current: boolean;
}

async function listSessions(): Promise<Session[]> {
  const [sessions, now] = await Promise.all([auth.listSessions(), auth.getSession()]);
  const currentId = now.data?.session.id;
  return answered(sessions)
    .map((session) => ({
      token: session.token,
      name: deviceName(session.userAgent),
      mobile: /Mobile|Android/.test(session.userAgent ?? ''),
      lastSeen: new Date(session.updatedAt),
      current: session.id === currentId,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeen.getTime() - a.lastSeen.getTime());
}

/** Where one is signed in; each can be ended, or all others at once. */
export function SessionsPart(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { dateTime } = useFormat();
  const problemText = useProblemText();
  const query = useQuery({ queryKey: sessionsKey, queryFn: listSessions });
  const [ending, setEnding] = useState<Session | 'others' | null>(null);
  const others = query.data?.filter((session) => !session.current).length ?? 0;

  async function end(): Promise<void> {
    if (ending === null) return;
    answered(
      ending === 'others' ? await auth.revokeOtherSessions() : await auth.revokeSession({ token: ending.token }),
    );
    await queryClient.invalidateQueries({ queryKey: sessionsKey });
    showToast(t(ending === 'others' ? 'sessions.endedOthers' : 'sessions.ended'));
  }

  return (
    <Part
      title={t('sessions.title')}
      text={t('sessions.text')}
      side={
        others > 1 ? (
          <Button small onClick={() => setEnding('others')}>
            {t('sessions.endOthers')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <SkeletonRows rows={2} /> : null}
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className="rows border-t border-line">
        {query.data?.map((session) => {
          const Icon = session.mobile ? Smartphone : Laptop;
          const name = session.name ?? t('sessions.unknown');
          return (
            <li key={session.token} className="flex items-center gap-4 py-3">
              <Icon aria-hidden="true" size={20} strokeWidth={1.75} className="flex-none text-ink-3" />
              <div className="min-w-0 grow">
                <p className="font-[560]">{name}</p>
                <p className="text-14 text-ink-3">
                  {session.current ? t('sessions.this') : t('sessions.seen', { when: dateTime(session.lastSeen) })}
                </p>
              </div>
              {session.current ? null : (
                <Button small aria-label={t('sessions.endOf', { name })} onClick={() => setEnding(session)}>
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={ending !== null}
        onOpenChange={(open) => {
          if (!open) setEnding(null);
        }}
        title={t(ending === 'others' ? 'sessions.endOthersTitle' : 'sessions.endTitle')}
        description={t('sessions.endText')}
        act={t('sessions.end')}
        problem={problemText}
        onConfirm={end}
      />
    </Part>
  );
}
