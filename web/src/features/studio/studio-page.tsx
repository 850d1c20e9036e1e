import { Link } from '@tanstack/react-router';
import type { accounts } from '@virgil/contract';
import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { Button } from '../../ui/button.tsx';
import { Block, EmptyState, Skeleton } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useRealm } from '../../ui/use-realm.ts';
import { useDraft } from './draft.ts';
import { EncoderAccess } from './encoder-access.tsx';
import { LiveDesk } from './live-desk.tsx';
import { Preparation } from './preparation.tsx';
import { Preview } from './preview.tsx';
import { Sources } from './sources.tsx';
import { useBroadcastSession } from './use-broadcast-session.ts';
import { useCapture } from './use-capture.ts';

export function StudioPage(): ReactNode {
  const { t } = useTranslation('studio');
  const me = useMe();
  usePageTitle(t('page'));
  if (me === undefined)
    return (
      <Skeleton>
        <div className="page grid gap-8 md:grid-cols-[7fr_5fr]">
          <Block className="aspect-video" />
          <Block className="h-96" />
        </div>
      </Skeleton>
    );
  if (me === null)
    return (
      <div className="page">
        <EmptyState icon={Radio} title={t('signedOut')} text={t('signedOutText')}>
          <Button asChild look="main">
            <Link to="/sign-in" search={{ to: '/studio' }}>
              {t('signIn')}
            </Link>
          </Button>
        </EmptyState>
      </div>
    );
  return <Studio me={me} />;
}

function Studio({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation('studio');
  const capture = useCapture();
  const session = useBroadcastSession(me.id, capture.tracks);
  const [draft, setDraft] = useDraft();
  useRealm(draft.danteRealm);
  const onAir = session.publisher.phase === 'live';
  return (
    <div className="page max-w-[104rem]">
      <h1 className="sr-only">{t('page')}</h1>
      <div className="grid items-start gap-x-12 gap-y-8 md:grid-cols-[7fr_5fr] md:grid-rows-[auto_1fr]">
        <div className="-mx-4 -mt-8 sm:mx-0 sm:mt-0">
          <Preview capture={capture} onAir={onAir} />
          <Sources capture={capture} />
        </div>
        <div className="md:col-start-2 md:row-span-2 md:row-start-1">
          {session.streamId ? (
            <LiveDesk streamId={session.streamId} session={session} tracks={capture.tracks} />
          ) : (
            <Preparation draft={draft} onDraft={setDraft} tier={me.tier} session={session} tracks={capture.tracks} />
          )}
        </div>
        <EncoderAccess />
      </div>
    </div>
  );
}
