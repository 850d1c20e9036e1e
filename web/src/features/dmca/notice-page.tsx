import '../../ui/voice.css';
import { Link, useSearch } from '@tanstack/react-router';
import { CheckCheck, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Road } from '../../ui/road.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { NoticeForm, type Receipt } from './notice-form.tsx';

function Aside(): ReactNode {
  const { t } = useTranslation('dmca');
  const step = (key: 'receipt' | 'decision' | 'answer') => ({
    key,
    state: 'ahead' as const,
    title: t(`form.afterSteps.${key}`),
    text: t(`form.afterSteps.${key}Text`),
  });
  return (
    <aside className="grid content-start gap-8">
      <section aria-label={t('form.after')}>
        <h2 className="mb-4 text-18">{t('form.after')}</h2>
        <Road label={t('form.after')} steps={[step('receipt'), step('decision'), step('answer')]} />
      </section>
      <p className="grid gap-1.5 text-14">
        <Link to="/policies/$policyId" params={{ policyId: 'copyright' }}>
          {t('form.policy')}
        </Link>
        <Link to="/policies" hash="agent">
          {t('form.otherWay')}
        </Link>
      </p>
    </aside>
  );
}

/** The address as it is here, also behind a proxy that knows the server by another name. */
function ReceiptView({ receipt, onAnother }: { receipt: Receipt; onAnother: () => void }): ReactNode {
  const { t } = useTranslation('dmca');
  const link = `${location.origin}/dmca/${receipt.id}?token=${receipt.token}`;
  return (
    <div className="page page-narrow grid content-start gap-6 sm:pt-12" role="status">
      <CheckCheck aria-hidden="true" size={26} strokeWidth={1.5} className="text-good" />
      <h1 className="text-27 sm:text-36">{t('receipt.title')}</h1>
      <p className="max-w-[58ch] text-18 text-ink-2">{t('receipt.text')}</p>
      <div className="box grid gap-2">
        <p className="font-[600]">{t('receipt.link')}</p>
        <p className="mono text-14 [overflow-wrap:anywhere]">{link}</p>
        <div className="-ml-2">
          <CopyButton text={link} name={t('receipt.link')} />
        </div>
      </div>
      <div className="flex flex-wrap gap-3">
        <Button look="main" asChild>
          <Link to="/dmca/$noticeId" params={{ noticeId: receipt.id }} search={{ token: receipt.token }}>
            {t('receipt.open')}
          </Link>
        </Button>
        <Button onClick={onAnother}>{t('receipt.another')}</Button>
      </div>
    </div>
  );
}

export function NoticePage(): ReactNode {
  const { t } = useTranslation('dmca');
  const { url = '' } = useSearch({ from: '/dmca' });
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  usePageTitle(receipt ? t('receipt.title') : t('form.title'));
  if (receipt) return <ReceiptView receipt={receipt} onAnother={() => setReceipt(null)} />;
  return (
    <div className="page grid max-w-[82rem] content-start gap-x-16 gap-y-8 sm:pt-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div>
        <h1 className="text-27 sm:text-36">{t('form.title')}</h1>
        <p className="mt-3 mb-5 max-w-[58ch] text-18 text-ink-2">{t('form.lead')}</p>
        <p className="mb-8 flex max-w-[66ch] items-start gap-2.5 border-l-[3px] border-warn pl-3">
          <TriangleAlert aria-hidden="true" size={18} strokeWidth={1.75} className="mt-0.5 flex-none text-warn" />
          {t('form.warning')}
        </p>
        <NoticeForm address={url} onSent={setReceipt} />
      </div>
      <Aside />
    </div>
  );
}
