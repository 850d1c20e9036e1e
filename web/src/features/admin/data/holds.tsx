import { Link } from '@tanstack/react-router';
import type { privacy } from '@virgil/contract';
import { Scale } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { releaseHold, useHolds } from '../../../api/admin-data.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { PlaceHoldDialog } from './place-hold-dialog.tsx';

function HoldRow({ hold, onRelease }: { hold: privacy.LegalHold; onRelease: () => void }): ReactNode {
  const { t } = useTranslation('privacy');
  const { date } = useFormat();
  return (
    <li className="grid grid-cols-[7rem_minmax(0,1fr)_auto] items-start gap-x-4 border-b border-line py-2.5">
      <time dateTime={hold.expiresAt} className="mono pt-0.5 text-13 text-ink-2">
        {t('admin.until', { date: date(hold.expiresAt) })}
      </time>
      <div className="min-w-0">
        <p>
          <Link to="/admin/users/$userId" params={{ userId: hold.person.id }} className="font-[560]" dir="auto">
            {hold.person.displayName}
          </Link>{' '}
          <span className="mono text-13 text-ink-2">{hold.caseReference}</span>
        </p>
        <p className="text-14 text-ink-2" dir="auto">
          {hold.authority}: {hold.reason}
        </p>
      </div>
      <Button small onClick={onRelease} aria-label={t('admin.releaseOf', { name: hold.person.displayName })}>
        {t('admin.release')}
      </Button>
    </li>
  );
}

export function Holds(): ReactNode {
  const { t } = useTranslation('privacy');
  const problemText = useProblemText();
  const query = useHolds();
  const holds = itemsOf(query.data);
  const [placing, setPlacing] = useState(false);
  const [releasing, setReleasing] = useState<privacy.LegalHold | null>(null);
  const [reason, setReason] = useState('');
  return (
    <section aria-labelledby="holds">
      <div className="head items-center">
        <h2 id="holds" className="grow py-1">
          {t('admin.holds')}
        </h2>
        <Button small onClick={() => setPlacing(true)}>
          {t('admin.place')}
        </Button>
      </div>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('admin.holdsText')}</p>
      <ListStates
        query={query}
        count={holds.length}
        empty={<EmptyState icon={Scale} title={t('admin.noHolds')} text={t('admin.noHoldsText')} className="py-2" />}
      >
        <ul className="mt-3">
          {holds.map((hold) => (
            <HoldRow
              key={hold.id}
              hold={hold}
              onRelease={() => {
                setReason('');
                setReleasing(hold);
              }}
            />
          ))}
        </ul>
      </ListStates>
      <PlaceHoldDialog open={placing} onClose={() => setPlacing(false)} />
      <ConfirmDialog
        open={releasing !== null}
        onOpenChange={(open) => {
          if (!open) setReleasing(null);
        }}
        title={t('admin.releaseTitle', { name: releasing?.person.displayName ?? '' })}
        description={t('admin.releaseText')}
        act={t('admin.release')}
        problem={problemText}
        onConfirm={async () => {
          if (!releasing) return;
          await releaseHold(releasing.id, reason);
          showToast(t('admin.released'));
        }}
      >
        <Field label={t('admin.reason')}>
          <Input required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </ConfirmDialog>
    </section>
  );
}
