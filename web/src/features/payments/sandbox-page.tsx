import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { FlaskConical, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/me.ts';
import { decideSandboxCheckout, useSandboxCheckout } from '../../api/payments.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { useSubmit } from '../../ui/use-submit.ts';

function Question({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('payments');
  const { money } = useFormat();
  const navigate = useNavigate();
  const query = useSandboxCheckout(id);
  const goOn = (paymentId: string) => navigate({ to: '/payments/$paymentId', params: { paymentId }, replace: true });
  const { submit, busy, error } = useSubmit(async (decision: 'approve' | 'decline') => {
    const { paymentId } = await decideSandboxCheckout(id, decision);
    await goOn(paymentId);
  });
  if (query.isPending) return <SkeletonRows rows={2} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const { amount, description, paymentId, status } = query.data;
  return (
    <div className="box mt-6 grid gap-5 p-5 sm:p-8">
      <div>
        <p className="text-ink-2">{description}</p>
        <p className="num text-48 font-[560] tracking-[-0.035em]">{money(amount)}</p>
      </div>
      <p>{status === 'open' ? t('sandbox.asks') : t(`sandbox.decided.${status}`)}</p>
      <FormProblem error={error} />
      {status === 'open' ? (
        <div className="flex flex-wrap gap-3">
          <Button look="main" busy={busy} onClick={() => void submit('approve')}>
            {t('sandbox.approve')}
          </Button>
          <Button busy={busy} onClick={() => void submit('decline')}>
            {t('sandbox.decline')}
          </Button>
        </div>
      ) : (
        <Button look="main" className="justify-self-start" onClick={() => void goOn(paymentId)}>
          {t('sandbox.goOn')}
        </Button>
      )}
    </div>
  );
}

/** Stands in for the bank while no real money moves. */
export function SandboxPage(): ReactNode {
  const { t } = useTranslation(['payments', 'common']);
  const { checkoutId } = useParams({ from: '/pay/sandbox/$checkoutId' });
  const me = useMe();
  usePageTitle(t('sandbox.title'));
  return (
    <div className="page max-w-[40rem]">
      <h1 className="flex items-center gap-3 text-27">
        <FlaskConical aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
        {t('sandbox.title')}
      </h1>
      <p className="mt-3 border-l-[3px] border-note pl-3 font-[600]">{t('sandbox.test')}</p>
      {me === undefined ? <SkeletonRows rows={2} /> : null}
      {me === null ? (
        <EmptyState icon={Lock} title={t('page.guest')} text={t('page.guestText')}>
          <Button look="main" asChild>
            <Link to="/sign-in" search={{ to: `/pay/sandbox/${checkoutId}` }}>
              {t('common:signIn')}
            </Link>
          </Button>
        </EmptyState>
      ) : null}
      {me ? <Question id={checkoutId} /> : null}
    </div>
  );
}
