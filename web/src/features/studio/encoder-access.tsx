import { useQuery } from '@tanstack/react-query';
import { accounts } from '@virgil/contract';
import { Eye, EyeOff, RotateCcw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { useInstance } from '../../api/instance.ts';
import { asReachedHere } from '../../api/own-origin.ts';
import { queryClient, queryOf } from '../../api/queries.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';

const streamKey = queryOf(accounts.getStreamKey, {});

/** Where OBS or another encoder publishes to. The key is covered until asked for: it opens the channel to anyone. */
export function EncoderAccess(): ReactNode {
  const { t } = useTranslation('studio');
  const textOf = useProblemText();
  const instance = useInstance();
  const access = useQuery(streamKey);
  const [shown, setShown] = useState(false);
  const [asking, setAsking] = useState(false);
  const reset = async () => {
    queryClient.setQueryData(streamKey.queryKey, await call(accounts.resetStreamKey, {}));
    showToast(t('keyReset'));
  };
  if (access.isError) return <ErrorState error={access.error} onRetry={() => void access.refetch()} />;
  if (!access.data) return <SkeletonRows rows={3} />;
  const { whipUrl, rtmpUrl, streamKey: key } = access.data;
  return (
    <section aria-label={t('encoder')}>
      <div className="head">
        <h2>{t('encoder')}</h2>
      </div>
      <p className="mt-3 max-w-[66ch] text-14 text-ink-2">{t('encoderHow')}</p>
      {instance?.media.aac === false ? <p className="mt-2 max-w-[66ch] text-14 text-warn">{t('noAac')}</p> : null}
      <dl className="mt-2">
        <Row name="WHIP" value={asReachedHere(whipUrl)} />
        {instance?.media.rtmp === false ? (
          <Row name="RTMP" value={null} note={t('noRtmp')} />
        ) : (
          <Row name="RTMP" value={asReachedHere(rtmpUrl)} />
        )}
        <Row
          name={t('streamKey')}
          value={key}
          shown={shown ? key : `${'•'.repeat(12)} ${key.slice(-4)}`}
          acts={
            <>
              <IconButton small label={shown ? t('coverKey') : t('showKey')} onClick={() => setShown(!shown)}>
                {shown ? <EyeOff size={16} strokeWidth={1.75} /> : <Eye size={16} strokeWidth={1.75} />}
              </IconButton>
              <Button small look="quiet" onClick={() => setAsking(true)}>
                <RotateCcw aria-hidden="true" size={16} strokeWidth={1.75} />
                {t('reset')}
              </Button>
            </>
          }
        />
      </dl>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t('resetTitle')}
        description={t('resetConsequence')}
        act={t('reset')}
        onConfirm={reset}
        problem={textOf}
      />
    </section>
  );
}

function Row({
  name,
  value,
  shown,
  note,
  acts,
}: {
  name: string;
  value: string | null;
  shown?: string;
  note?: string;
  acts?: ReactNode;
}): ReactNode {
  return (
    <div className="grid grid-cols-[5.5rem_minmax(0,1fr)] items-center gap-x-3 border-b border-line py-2.5 sm:grid-cols-[6rem_minmax(0,1fr)_auto]">
      <dt className="text-ink-2">{name}</dt>
      <dd className={value ? 'mono text-14 [overflow-wrap:anywhere]' : 'text-14 text-ink-2'}>
        {value ? (shown ?? value) : note}
      </dd>
      {value ? (
        <dd className="col-start-2 flex flex-wrap justify-end sm:col-start-3">
          <CopyButton text={value} name={name} />
          {acts}
        </dd>
      ) : null}
    </div>
  );
}
