/** The timeline of a notice, newest first. */
import type { DmcaDossier, DmcaStep } from '@virgil/contract';
import {
  AlarmClock,
  ArchiveRestore,
  FileCheck,
  FileLock,
  FilePlus,
  Gavel,
  Landmark,
  LockOpen,
  type LucideIcon,
  Mail,
  MailQuestion,
  Scale,
  ShieldX,
  TriangleAlert,
  Undo,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spine } from '../../../ui/spine.tsx';

const ICONS: Record<DmcaStep['type'], LucideIcon> = {
  received: Mail,
  entered: FilePlus,
  completed: FileCheck,
  chased: MailQuestion,
  voided: X,
  approved: ShieldX,
  rejected: X,
  counter_noticed: Scale,
  court_action: Landmark,
  restored: ArchiveRestore,
  retracted: Undo,
  strike_lifted: Undo,
  evidence_sealed: FileLock,
  evidence_opened: LockOpen,
  alarm: AlarmClock,
  breach: TriangleAlert,
  misrepresentation: Gavel,
};

export function History({ dossier }: { dossier: DmcaDossier }): ReactNode {
  const { t } = useTranslation('dmcaDesk');
  const entries = dossier.steps.toReversed().map((step, index) => ({
    key: `${step.at} ${step.type} ${index}`,
    at: step.at,
    icon: ICONS[step.type],
    title: <b>{t(`dossier.step.${step.type}`, { name: step.by?.displayName ?? t('dossier.somebody') })}</b>,
    ...(step.note === null ? {} : { text: step.note }),
  }));
  return (
    <section aria-label={t('dossier.spine')}>
      <div className="head mb-2">
        <h2>{t('dossier.spine')}</h2>
      </div>
      <Spine entries={entries} label={t('dossier.spine')} />
    </section>
  );
}
