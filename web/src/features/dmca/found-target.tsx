/** What the pasted address leads to, so that nobody names the wrong thing. */
import type { DmcaTarget } from '@virgil/contract';
import { Check, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLivestream } from '../../api/livestreams.ts';
import { useVideo } from '../../api/videos.ts';

function Line({ known, children }: { known: boolean; children: ReactNode }): ReactNode {
  const Icon = known ? Check : CircleHelp;
  return (
    <p role="status" className="flex items-start gap-2 text-14">
      <Icon
        aria-hidden="true"
        size={18}
        strokeWidth={1.75}
        className={`mt-px flex-none ${known ? 'text-good' : 'text-ink-3'}`}
      />
      <span>{children}</span>
    </p>
  );
}

function FoundVideo({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('dmca');
  const { data, isError } = useVideo(id);
  if (data) return <Line known>{t('form.found.video', { title: data.title, name: data.creator.displayName })}</Line>;
  return isError ? <Line known={false}>{t('form.unseen')}</Line> : null;
}

function FoundLivestream({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('dmca');
  const { data, isError } = useLivestream(id);
  if (data)
    return <Line known>{t('form.found.livestream', { title: data.title, name: data.creator.displayName })}</Line>;
  return isError ? <Line known={false}>{t('form.unseen')}</Line> : null;
}

export function FoundTarget({ target }: { target: DmcaTarget }): ReactNode {
  return target.type === 'video' ? <FoundVideo id={target.id} /> : <FoundLivestream id={target.id} />;
}
