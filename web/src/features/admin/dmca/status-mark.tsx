import type { DmcaStatus } from '@virgil/contract';
import {
  ArchiveRestore,
  CircleDashed,
  CircleSlash,
  Hourglass,
  Landmark,
  type LucideIcon,
  MailQuestion,
  ShieldX,
  Timer,
  Undo,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const ICONS: Record<DmcaStatus, LucideIcon> = {
  incomplete: CircleDashed,
  chased: MailQuestion,
  void: CircleSlash,
  valid: Hourglass,
  approved: ShieldX,
  rejected: X,
  counter_noticed: Timer,
  in_court: Landmark,
  restored: ArchiveRestore,
  retracted: Undo,
};

/** Where a notice stands, as a shape and a word. */
export function StatusMark({ status }: { status: DmcaStatus }): ReactNode {
  const { t } = useTranslation('dmca');
  const Icon = ICONS[status];
  const isOpen = status === 'valid' || status === 'incomplete' || status === 'chased';
  return (
    <span className={`tag ${isOpen ? 'text-ink' : 'text-ink-2'}`}>
      <Icon aria-hidden="true" size={16} strokeWidth={1.75} className="flex-none" />
      {t(`status.${status}`)}
    </span>
  );
}
