import { CloudOff, Timer, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { ErrorState } from '../../ui/states.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { ChatFeed } from './chat-feed.tsx';
import type { Said } from './report-line.tsx';
import type { ChatRoom } from './use-chat-room.ts';

export interface ChatPanelProps {
  readonly chat: ChatRoom;
  readonly creatorName: string;
  readonly ended: boolean;
  /** Opens the report of one line; the page owns the dialog. */
  readonly onReport: (said: Said) => void;
  /** Opens the tip; null where none can be given. The page owns the dialog. */
  readonly onTip?: (() => void) | null;
}

export function ChatPanel({ chat, creatorName, ended, onReport, onTip = null }: ChatPanelProps): ReactNode {
  const { t } = useTranslation('chat');
  const me = useMe();
  const modes = modeSentences(chat.modes, t);
  return (
    <section aria-label={t('title')} className="flex min-h-0 grow flex-col bg-surface-1">
      <header className="flex h-12 flex-none items-center gap-3 border-b border-line px-4">
        <h2 className="grow text-16">{t('title')}</h2>
        {chat.viewers !== null && !ended ? (
          <span className="num inline-flex items-center gap-1.5 text-14 text-ink-2" data-testid="viewer-count">
            <Users aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('present', { count: chat.viewers })}
          </span>
        ) : null}
      </header>
      {modes.map((sentence) => (
        <p key={sentence} className="flex gap-2 border-b border-line px-4 py-2 text-14 text-ink-2">
          <Timer aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {sentence}
        </p>
      ))}
      {chat.connection === 'lost' && !ended ? (
        <p role="status" className="flex gap-2 border-b border-line px-4 py-2 text-14 text-ink-2">
          <CloudOff aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none" />
          {t('lost')}
        </p>
      ) : null}
      {chat.refusal ? (
        <div className="min-h-0 grow overflow-y-auto px-4">
          <ErrorState error={chat.refusal} />
        </div>
      ) : (
        <>
          {chat.room.lines.length === 0 && chat.room.outgoing.length === 0 && chat.connection === 'joined' ? (
            <p className="px-4 pt-4 text-14 text-ink-3">{t('empty')}</p>
          ) : null}
          <ChatFeed
            room={chat.room}
            myId={me?.id ?? null}
            moderates={chat.role === 'owner' || chat.role === 'moderator'}
            onAgain={chat.sayAgain}
            onWithdraw={chat.withdraw}
            onEarlier={chat.loadEarlier}
            onReport={me ? onReport : null}
          />
          {ended ? (
            <p className="border-t border-line px-4 py-3 text-14 text-ink-2">{t('closed')}</p>
          ) : (
            <ChatComposer
              creatorName={creatorName}
              signedIn={me !== null && me !== undefined}
              timedOutUntil={chat.timedOutUntil}
              onSay={chat.say}
              onTip={onTip}
            />
          )}
        </>
      )}
    </section>
  );
}

type Translate = ReturnType<typeof useTranslation<'chat'>>['t'];

function modeSentences(modes: ChatRoom['modes'], t: Translate): string[] {
  if (!modes) return [];
  const sentences: string[] = [];
  if (modes.slowSeconds) sentences.push(t('mode.slow', { seconds: modes.slowSeconds }));
  if (modes.followersMinutes !== null) sentences.push(t('mode.followers', { minutes: modes.followersMinutes }));
  if (modes.patronsOnly) sentences.push(t('mode.patrons'));
  if (modes.emoteOnly) sentences.push(t('mode.emotes'));
  if (modes.uniqueChat) sentences.push(t('mode.unique'));
  if (modes.shield) sentences.push(t('mode.shield'));
  return sentences;
}
