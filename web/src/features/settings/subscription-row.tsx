import { Link } from '@tanstack/react-router';
import type { subscriptions } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { becomePatron, buyTier, cancelPatronage, cancelTier } from '../../api/subscriptions.ts';
import { useFormat } from '../../i18n/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

type Subscription = subscriptions.Subscription;

/** One thing paid for: its price, how it stands, and what can be done about it. */
export function SubscriptionRow({ subscription }: { subscription: Subscription }): ReactNode {
  const { t } = useTranslation('money');
  const { money } = useFormat();
  const { channel, price, tier } = subscription;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3">
      {channel ? <Avatar person={channel} size="s" /> : null}
      <div className="min-w-0 grow basis-56">
        <p className="font-[560]">
          {channel ? (
            <Link to="/c/$channelId" params={{ channelId: channel.id }} className="text-ink">
              <bdi>{channel.displayName}</bdi>
            </Link>
          ) : tier ? (
            t(`tier.name.${tier}`)
          ) : (
            t('subscriptions.reason.account_gone')
          )}
          <span className="num ml-3 font-normal text-ink-2">{t('subscriptions.price', { price: money(price) })}</span>
        </p>
        <Sentences subscription={subscription} />
      </div>
      {subscription.status === 'ended' ? null : <Acts subscription={subscription} />}
    </li>
  );
}

function Sentences({ subscription }: { subscription: Subscription }): ReactNode {
  const { t } = useTranslation('money');
  const { date, money } = useFormat();
  const { cancelledAt, endReason, endedAt, graceUntil, next, periodEnd, status } = subscription;
  const end = date(periodEnd ?? subscription.startedAt ?? new Date());
  const sentence = {
    pending: t('subscriptions.pending'),
    active: cancelledAt ? t('subscriptions.ends', { date: end }) : t('subscriptions.next', { date: end }),
    grace: t('subscriptions.grace', { date: date(graceUntil ?? periodEnd ?? new Date()) }),
    ended: [
      t('subscriptions.endedAt', { date: date(endedAt ?? new Date()) }),
      endReason ? t(`subscriptions.reason.${endReason}`) : '',
    ]
      .join(' ')
      .trim(),
  }[status];
  const change = next && !cancelledAt ? { date: date(next.from), price: money(next.price) } : null;
  return (
    <>
      <p className={status === 'grace' ? 'text-14 text-warn' : 'text-14 text-ink-2'}>{sentence}</p>
      {change && next ? (
        <p className="text-14 text-ink-2">
          {next.tier && next.tier !== subscription.tier
            ? t('subscriptions.changeTier', { ...change, tier: t(`tier.name.${next.tier}`) })
            : t('subscriptions.change', change)}
        </p>
      ) : null}
    </>
  );
}

function Acts({ subscription }: { subscription: Subscription }): ReactNode {
  const { t } = useTranslation('money');
  const { date } = useFormat();
  const textOf = useProblemText();
  const [cancelling, setCancelling] = useState(false);
  const { cancelledAt, channel, kind, status, tier } = subscription;
  const name = channel?.displayName ?? (tier ? t(`tier.name.${tier}`) : '');
  const until = date(subscription.periodEnd ?? new Date());
  /** Takes a cancellation back, or goes on with a payment that waits or failed. */
  const goOn = useSubmit(async () => {
    try {
      const purchase = channel ? await becomePatron(channel.id) : tier ? await buyTier({ tier }) : null;
      if (purchase?.checkoutUrl) window.location.assign(purchase.checkoutUrl);
      else if (purchase?.status === 'failed') showToast(t('failed'), { tone: 'bad' });
      else showToast(channel ? t('patron.resumed', { name }) : t('tier.kept', { tier: name }));
    } catch (error) {
      showToast(textOf(error), { tone: 'bad' });
    }
  });
  const cancel = async () => {
    if (channel) await cancelPatronage(channel.id);
    else await cancelTier();
    showToast(status === 'active' ? t('subscriptions.cancelled', { date: until }) : t('subscriptions.stopped'));
  };
  const consequence = {
    pending: t('subscriptions.cancelFirst'),
    active: t(kind === 'patronage' ? 'subscriptions.cancelText' : 'subscriptions.cancelTierText', {
      date: until,
      name,
    }),
    grace: t(kind === 'patronage' ? 'subscriptions.cancelNow' : 'subscriptions.cancelTierNow'),
    ended: '',
  }[status];
  const mayGoOn = status !== 'active' || cancelledAt !== null;
  return (
    <div className="flex flex-wrap gap-2">
      {mayGoOn ? (
        <Button
          small
          busy={goOn.busy}
          onClick={() => void goOn.submit()}
          {...(status === 'active' ? { 'aria-label': t('subscriptions.resumeOf', { name }) } : {})}
        >
          {t(status === 'active' ? 'subscriptions.resume' : 'subscriptions.payNow')}
        </Button>
      ) : null}
      {cancelledAt ? null : (
        <Button small aria-label={t('subscriptions.cancelOf', { name })} onClick={() => setCancelling(true)}>
          {t('subscriptions.cancel')}
        </Button>
      )}
      <ConfirmDialog
        open={cancelling}
        onOpenChange={setCancelling}
        title={t(kind === 'patronage' ? 'subscriptions.cancelTitle' : 'subscriptions.cancelTierTitle', { name })}
        description={consequence}
        act={t('subscriptions.cancelAct')}
        dangerous
        problem={textOf}
        onConfirm={cancel}
      />
    </div>
  );
}
