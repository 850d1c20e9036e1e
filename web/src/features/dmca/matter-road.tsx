/** Where a notice stands: what happened, what comes, and when. */
import type { DmcaMatter } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format.ts';
import { Road, type RoadStep } from '../../ui/road.tsx';

export function MatterRoad({ matter }: { matter: DmcaMatter }): ReactNode {
  const { t } = useTranslation('dmca');
  const { dateTime } = useFormat();
  const { counterNotice, courtAction, decidedAt, putBackAt, restoredAt, retractedAt, status, viewer } = matter;
  const done = (key: string, title: string, at: string): RoadStep => ({
    key,
    state: 'done',
    title,
    text: dateTime(at),
  });

  const steps: RoadStep[] = [done('received', t('matter.steps.received'), matter.receivedAt)];
  if (decidedAt !== null) {
    const word = status === 'rejected' ? 'rejected' : 'approved';
    steps.push(done('decided', t(`matter.steps.${word}`), decidedAt));
  } else if (retractedAt === null && status !== 'void') {
    steps.push({ key: 'decided', state: 'here', title: t('matter.steps.decision') });
  }
  if (counterNotice !== null) {
    steps.push(done('counter', t('matter.steps.counter'), counterNotice.receivedAt));
  } else if (status === 'approved') {
    steps.push({
      key: 'counter',
      state: 'here',
      title: t(viewer === 'creator' ? 'matter.steps.answerOwn' : 'matter.steps.answer'),
      text: t('matter.steps.answerText'),
    });
  }
  if (courtAction !== null) steps.push(done('court', t('matter.steps.court'), courtAction.at));
  if (putBackAt !== null) {
    const text = t('matter.steps.putBackOn', { when: dateTime(putBackAt) });
    steps.push({ key: 'putBack', state: 'here', title: t('matter.steps.putBack'), text });
  }
  if (retractedAt !== null) steps.push(done('retracted', t('matter.steps.retracted'), retractedAt));
  else if (restoredAt !== null) steps.push(done('restored', t('matter.steps.putBack'), restoredAt));

  return (
    <section aria-label={t('matter.road')}>
      <h2 className="mb-4 text-18">{t('matter.road')}</h2>
      <Road label={t('matter.road')} steps={steps} />
    </section>
  );
}
