/** Every penalty: who is kept out, why and until when; issue one, lift one, take the list along. */
import '../../../ui/voice.css';
import { Link } from '@tanstack/react-router';
import type { AdminPenalty } from '@virgil/contract';
import { Ban, Download, ExternalLink, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/me.ts';
import { allPenalties, liftPenalty, type PenaltyFilter, usePenalties } from '../../../api/penalties.ts';
import { itemsOf } from '../../../api/queries.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { PolicyLink } from '../../../ui/policy-link.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSearchWord } from '../../../ui/use-search-word.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { ReasonField } from '../reason-field.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { csvOf } from './penalty-csv.ts';

type State = 'all' | 'active' | 'ended';

export function PenaltiesPage(): ReactNode {
  const { t } = useTranslation('penalties');
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        <Penalties />
      </div>
    </AdminFrame>
  );
}

function Penalties(): ReactNode {
  const { t } = useTranslation('penalties');
  const { number } = useFormat();
  const { text, setText, q } = useSearchWord();
  const [state, setState] = useState<State>('active');
  const [isIssuing, setIsIssuing] = useState(false);
  const [lifting, setLifting] = useState<AdminPenalty | null>(null);
  const filter: PenaltyFilter = { q, state: state === 'all' ? undefined : state };
  const query = usePenalties(filter);
  const items = itemsOf(query.data);
  const counts = query.data?.pages[0]?.counts;
  return (
    <>
      <div className="mb-1 flex flex-wrap items-center gap-3">
        <h1 className="flex grow items-center gap-3 text-27">
          <Ban aria-hidden="true" size={24} strokeWidth={1.75} className="text-tone" />
          {t('title')}
        </h1>
        <Export filter={filter} />
        <Button look="bad" onClick={() => setIsIssuing(true)}>
          {t('issue')}
        </Button>
      </div>
      <p className="mb-6 max-w-[66ch] text-ink-2">{t('text')}</p>
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <SearchField label={t('search')} value={text} onChange={setText} className="min-w-0 grow sm:max-w-80" />
        <ToggleGroup<State>
          label={t('state.label')}
          value={state}
          onChange={setState}
          choices={(['active', 'ended', 'all'] as const).map((value) => ({
            value,
            label: (
              <>
                {t(`state.${value}`)}{' '}
                <span className="num font-normal text-ink-3">{counts ? number(counts[value]) : ''}</span>
              </>
            ),
          }))}
        />
      </div>
      <ListStates
        query={query}
        count={items.length}
        empty={
          q ? (
            <EmptyState icon={SearchX} title={t('noMatch')} text={t('noMatchText')} />
          ) : (
            <EmptyState icon={Ban} title={t(`none.${state}`)} text={t('noneText')} />
          )
        }
      >
        <ul className="border-t border-line">
          {items.map((penalty) => (
            <Row key={penalty.id} penalty={penalty} onLift={setLifting} />
          ))}
        </ul>
      </ListStates>
      {isIssuing ? <IssueDialog onClose={() => setIsIssuing(false)} /> : null}
      {lifting === null ? null : <LiftDialog penalty={lifting} onClose={() => setLifting(null)} />}
    </>
  );
}

function Row({ penalty, onLift }: { penalty: AdminPenalty; onLift: (penalty: AdminPenalty) => void }): ReactNode {
  const { t } = useTranslation(['penalties', 'risk', 'standing']);
  const { dateTime } = useFormat();
  const me = useMe();
  const { active, appeal, cause, endedAt, endedBy, endedReason, expiresAt, issuedBy, policyReference, user } = penalty;
  const by = cause === 'strikes' ? t('byStrikes') : (issuedBy?.displayName ?? t('standing:by.gone'));
  return (
    <li className="grid gap-x-4 gap-y-2 border-b border-line py-4 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
      <time dateTime={penalty.issuedAt} className="mono pt-1 text-13 text-ink-3 sm:text-right">
        {dateTime(penalty.issuedAt)}
      </time>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Avatar person={user} size="s" />
          <Link
            to="/admin/users/$userId"
            params={{ userId: user.id }}
            className="text-16 font-[620] no-underline hover:underline"
            dir="auto"
          >
            {user.displayName}
          </Link>
          <span className={active ? 'font-[600] text-bad' : 'text-ink-2'}>
            {active
              ? expiresAt === null
                ? t('forGood')
                : t('until', { date: dateTime(expiresAt) })
              : t('over', { date: dateTime(endedAt ?? penalty.issuedAt) })}
          </span>
        </p>
        <p className="voice mt-1 max-w-[66ch] text-18 [overflow-wrap:anywhere]" dir="auto">
          {cause === 'strikes' ? t('standing:byStrikes') : penalty.reason}
        </p>
        <p className="flex flex-wrap gap-x-3 text-14 text-ink-2">
          <span>{t('by', { name: by })}</span>
          {isKnownCategory(penalty.category) ? <span>{t(`risk:category.${penalty.category}`)}</span> : null}
          {policyReference === null ? null : <PolicyLink reference={policyReference} />}
          {appeal === null ? null : <span>{t(`standing:strikes.appeal.${appeal.status}`)}</span>}
          {penalty.appealable ? null : <span>{t('final')}</span>}
        </p>
        {penalty.evidenceLink === null ? null : <Evidence link={penalty.evidenceLink} />}
        {endedReason === null || active ? null : (
          <p className="mt-1 text-14 text-ink-2">
            {endedBy === null ? t('ended') : t('endedBy', { name: endedBy.displayName })}{' '}
            <span dir="auto">{endedReason}</span>
          </p>
        )}
      </div>
      {active && me?.id !== user.id ? (
        <Button small className="self-start justify-self-start" onClick={() => onLift(penalty)}>
          {t('lift')}
        </Button>
      ) : null}
    </li>
  );
}

/** The address itself, so that whoever opens it sees where it leads; the other side learns nothing of this page. */
function Evidence({ link }: { link: string }): ReactNode {
  const { t } = useTranslation('penalties');
  return (
    <p className="mt-1 flex items-start gap-1.5 text-14">
      <ExternalLink aria-hidden="true" size={16} strokeWidth={1.75} className="mt-0.5 flex-none text-ink-3" />
      <span className="sr-only">{t('evidence')}: </span>
      {link.startsWith('https://') ? (
        <a href={link} target="_blank" rel="noopener noreferrer" className="[overflow-wrap:anywhere]">
          {link}
        </a>
      ) : (
        <span className="[overflow-wrap:anywhere]">{link}</span>
      )}
    </p>
  );
}

const KNOWN = [
  'hate',
  'harassment',
  'threat',
  'sexual',
  'minors',
  'self_harm',
  'spam',
  'impersonation',
  'pii',
  'toxicity',
  'terror',
  'fraud',
] as const;
const isKnownCategory = (category: string | null): category is (typeof KNOWN)[number] =>
  KNOWN.some((each) => each === category);

function LiftDialog({ penalty, onClose }: { penalty: AdminPenalty; onClose: () => void }): ReactNode {
  const { t } = useTranslation('penalties');
  const textOf = useProblemText();
  const [reason, setReason] = useState('');
  const name = penalty.user.displayName;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('liftTitle', { name })}
      description={t('liftText')}
      act={t('lift')}
      problem={(error) => (error instanceof MissingReason ? t('missing', { name }) : textOf(error))}
      onConfirm={async () => {
        if (reason.trim() === '') throw new MissingReason();
        await liftPenalty(penalty.id, reason.trim());
        showToast(t('lifted', { name }));
      }}
    >
      <ReasonField label={t('reason', { name })} value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}

class MissingReason extends Error {}

function Export({ filter }: { filter: PenaltyFilter }): ReactNode {
  const { t } = useTranslation('penalties');
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    setBusy(true);
    try {
      const file = new Blob([csvOf(await allPenalties(filter))], { type: 'text/csv;charset=utf-8' });
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = `penalties-${new Date().toISOString().slice(0, 10)}.csv`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      showToast(textOf(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button busy={busy} onClick={() => void save()}>
      <Download aria-hidden="true" size={18} strokeWidth={1.75} />
      {t('export')}
    </Button>
  );
}
