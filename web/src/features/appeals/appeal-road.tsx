import type { appeals as contract, PenaltyItem } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Road, type RoadStep } from '../../ui/road.tsx';
import { roughly } from './roughly.ts';

/** Where this matter stands, beside it. */
export function AppealRoad({
  item,
  appeal,
  typicalSeconds,
}: {
  item: PenaltyItem;
  appeal: contract.Appeal | undefined;
  /** How long a decision takes at the moment. */
  typicalSeconds: number | null;
}): ReactNode {
  const { t, i18n } = useTranslation('appeals');
  const { dateTime } = useFormat();
  const order =
    typicalSeconds === null
      ? t('road.order')
      : t('road.orderTypical', { time: roughly(typicalSeconds, i18n.language) });
  const decided: RoadStep = { key: 'decided', state: 'done', title: t('road.decided'), text: dateTime(item.issuedAt) };
  const isFinal = item.finalBecause !== undefined || (appeal === undefined && !item.appealable);
  const isOpen = appeal?.status === 'pending';
  const runs = t(`road.runs.${item.kind}`);
  const steps: RoadStep[] = isFinal
    ? [decided, { key: 'final', state: 'done', title: t(item.finalBecause ? 'road.final' : 'road.over') }]
    : [
        decided,
        appeal === undefined
          ? { key: 'yours', state: 'here', title: t('road.yours'), text: `${t('road.now')} ${runs}` }
          : { key: 'yours', state: 'done', title: t('road.yours'), text: dateTime(appeal.createdAt) },
        {
          key: 'reviews',
          state: appeal === undefined ? 'ahead' : isOpen ? 'here' : 'done',
          title: t('road.reviews'),
          text: isOpen ? `${order} ${item.active ? runs : ''}` : appeal === undefined ? order : null,
        },
        appeal === undefined || appeal.reviewedAt === null
          ? { key: 'outcome', state: 'ahead', title: t('road.outcome'), text: t('road.inbox') }
          : {
              key: 'outcome',
              state: 'done',
              title: t(`status.${appeal.status}`),
              text: dateTime(appeal.reviewedAt),
            },
      ];
  return (
    <section>
      <h2 className="mb-4 text-18">{t('road.title')}</h2>
      <Road steps={steps} label={t('road.title')} />
    </section>
  );
}
