import { Link } from '@tanstack/react-router';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';
import { usePageTitle } from '../ui/use-page-title.ts';

export function NotFoundPage(): ReactNode {
  const { t } = useTranslation(['shell', 'common']);
  usePageTitle(t('notFound.title'));
  return (
    <div className="page">
      <EmptyState heading="h1" icon={Undo2} title={t('notFound.title')} text={t('notFound.text')}>
        <Button asChild>
          <Link to="/">{t('common:backHome')}</Link>
        </Button>
      </EmptyState>
    </div>
  );
}
