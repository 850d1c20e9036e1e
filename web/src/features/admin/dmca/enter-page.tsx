import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { DmcaDossier } from '@virgil/contract';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { completeNotice, enterNotice, useDossier } from '../../../api/dmca.ts';
import { Field, Input, Select } from '../../../ui/field.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { AdminFrame } from '../admin-frame.tsx';
import { LetterForm, type LetterTexts, NOTHING_YET } from './letter-form.tsx';

function Page({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  return (
    <AdminFrame title={title}>
      <div className="page page-narrow mx-0 md:mx-auto">
        <p className="mb-3">
          <Link to="/admin/dmca" className="inline-flex items-center gap-1.5">
            <ArrowLeft aria-hidden="true" size={16} strokeWidth={1.75} />
            {t('title')}
          </Link>
        </p>
        <h1 className="mb-2 text-27">{title}</h1>
        <p className="mb-6 text-ink-2">{t('letter.text')}</p>
        {children}
      </div>
    </AdminFrame>
  );
}

export function EnterPage(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const navigate = useNavigate();
  const [source, setSource] = useState<'post' | 'mail'>('post');
  const [day, setDay] = useState('');
  return (
    <Page title={t('letter.title')}>
      <LetterForm
        begin={NOTHING_YET}
        act={t('letter.save')}
        head={
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('letter.source')}>
              <Select value={source} onChange={(event) => setSource(event.target.value === 'mail' ? 'mail' : 'post')}>
                <option value="post">{t('source.post')}</option>
                <option value="mail">{t('source.mail')}</option>
              </Select>
            </Field>
            <Field label={t('letter.receivedOn')} optional>
              <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
            </Field>
          </div>
        }
        onSave={async (notice) => {
          // Noon of that day here: the law counts days, and no letter comes at midnight.
          const receivedAt = day === '' ? {} : { receivedAt: new Date(`${day}T12:00:00`).toISOString() };
          const noticeId = await enterNotice({ source, notice, ...receivedAt });
          await navigate({ to: '/admin/dmca/$noticeId', params: { noticeId } });
        }}
      />
    </Page>
  );
}

function textsOf({ accuracyUnderPerjury, claimant, claimedWork, goodFaith, ...rest }: DmcaDossier): LetterTexts {
  const { claimedWorkUrl, materialUrl, signature } = rest;
  return {
    ...claimant,
    materialUrl,
    claimedWork,
    claimedWorkUrl: claimedWorkUrl ?? '',
    signature,
    goodFaith,
    accuracyUnderPerjury,
  };
}

export function CompletePage(): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const navigate = useNavigate();
  const { noticeId } = useParams({ from: '/admin/dmca/$noticeId/complete' });
  const query = useDossier(noticeId);
  return (
    <Page title={t('letter.completeTitle')}>
      {query.isPending ? <SkeletonRows rows={6} /> : null}
      {query.isError && !query.data ? <ErrorState error={query.error} /> : null}
      {query.data ? (
        <LetterForm
          begin={textsOf(query.data)}
          act={t('letter.save')}
          onSave={async (notice) => {
            await completeNotice(noticeId, notice);
            await navigate({ to: '/admin/dmca/$noticeId', params: { noticeId } });
          }}
        />
      ) : null}
    </Page>
  );
}
