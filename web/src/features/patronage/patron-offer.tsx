import { Link, useRouterState } from '@tanstack/react-router';
import type { Money } from '@virgil/contract';
import { Leaf } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { useMe } from '../../api/me.ts';
import { becomePatron, usePatronage } from '../../api/subscriptions.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { BecomePatronDialog } from './become-patron-dialog.tsx';

export interface PatronOfferProps {
  readonly channelId: string;
  readonly name: string;
  /** With the price on the button: where becoming a patron is the point of the page. */
  readonly withPrice?: boolean;
}

/** The way to become a paying patron, or how one stands as one. Nothing on one's own channel or where there is no offer. */
export function PatronOffer({ channelId, name, withPrice = false }: PatronOfferProps): ReactNode {
  const { t } = useTranslation('money');
  const me = useMe();
  const takesMoney = useInstance()?.payments ?? false;
  const { money } = useFormat();
  const here = useRouterState({ select: (state) => state.location.href });
  const { data } = usePatronage(channelId);
  const [asking, setAsking] = useState<Money | null>(null);
  if (!data || me === undefined || me?.id === channelId) return null;
  if (data.mine) return <Standing channelId={channelId} name={name} mine={data.mine} withDate={withPrice} />;
  const { price } = data;
  const grant = data.granted ? <p className="self-center text-14 text-ink-2">{t('patron.granted', { name })}</p> : null;
  if (!price || !takesMoney) return withPrice ? grant : null;
  const label = (
    <>
      <Leaf aria-hidden="true" size={18} strokeWidth={1.75} />
      {withPrice ? t('patron.becomeFor', { price: money(price) }) : t('patron.become')}
    </>
  );
  const look = data.granted ? 'line' : 'main';
  if (me === null)
    return (
      <Button asChild look={look}>
        <Link to="/sign-in" search={{ to: here }}>
          {label}
        </Link>
      </Button>
    );
  return (
    <>
      <Button look={look} onClick={() => setAsking(price)}>
        {label}
      </Button>
      {/* The price one was asked for stays the one on the button, whatever the owner changes meanwhile. */}
      {asking ? (
        <BecomePatronDialog channelId={channelId} name={name} price={asking} onClose={() => setAsking(null)} />
      ) : null}
      {withPrice ? grant : null}
    </>
  );
}

type Mine = NonNullable<NonNullable<ReturnType<typeof usePatronage>['data']>['mine']>;

/** Paying already: what stands open, in one act at most. */
function Standing({
  channelId,
  name,
  mine,
  withDate,
}: {
  channelId: string;
  name: string;
  mine: Mine;
  withDate: boolean;
}): ReactNode {
  const { t } = useTranslation('money');
  const { date } = useFormat();
  const textOf = useProblemText();
  const { submit, busy } = useSubmit(async () => {
    try {
      const { status, checkoutUrl } = await becomePatron(channelId);
      if (checkoutUrl) window.location.assign(checkoutUrl);
      else if (status === 'failed') showToast(t('failed'), { tone: 'bad' });
      else showToast(t('patron.resumed', { name }));
    } catch (error) {
      showToast(textOf(error), { tone: 'bad' });
    }
  });
  if (mine.status === 'active' && !mine.cancelledAt)
    return (
      <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2">
        <Button asChild>
          <Link to="/settings/$section" params={{ section: 'subscriptions' }}>
            <Leaf aria-hidden="true" size={18} strokeWidth={1.75} className="text-tone" />
            {/* The channel's head says already that one is a patron. */}
            {t(withDate ? 'patron.manage' : 'patron.active')}
          </Link>
        </Button>
        {withDate ? (
          <p className="text-14 text-ink-2">{t('patron.next', { date: date(mine.periodEnd ?? '') })}</p>
        ) : null}
      </div>
    );
  const isCancelled = mine.status === 'active';
  const sentence = isCancelled
    ? t('patron.until', { date: date(mine.periodEnd ?? '') })
    : mine.status === 'pending'
      ? t('patron.pending')
      : t('patron.grace', { date: date(mine.graceUntil ?? mine.periodEnd ?? '') });
  return (
    <div className="flex max-w-full flex-wrap items-center gap-x-4 gap-y-2">
      <Button look={isCancelled ? 'line' : 'main'} busy={busy} onClick={() => void submit()}>
        <Leaf aria-hidden="true" size={18} strokeWidth={1.75} />
        {t(isCancelled ? 'patron.resume' : 'patron.payNow')}
      </Button>
      <p className="text-14 text-ink-2">{sentence}</p>
    </div>
  );
}
