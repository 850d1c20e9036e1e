import { Link } from '@tanstack/react-router';
import type { DmcaTarget } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMyMatters } from '../api/dmca.ts';
import { itemsOf } from '../api/queries.ts';

/** To the notice for which this was taken down, where its creator can answer it; nothing when there is none. */
export function NoticeLink({ about }: { about: readonly DmcaTarget[] }): ReactNode {
  const { t } = useTranslation('dmca');
  const matters = itemsOf(useMyMatters().data).filter(({ target }) =>
    about.some(({ id, type }) => target?.type === type && target.id === id),
  );
  const matter = matters.find(({ may }) => may.includes('counter_notice')) ?? matters[0];
  if (matter === undefined) return null;
  return (
    <Link to="/dmca/$noticeId" params={{ noticeId: matter.id }} search={{}}>
      {t(matter.may.includes('counter_notice') ? 'link.answer' : 'link.read')}
    </Link>
  );
}
