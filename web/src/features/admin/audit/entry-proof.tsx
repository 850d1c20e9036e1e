import { Link, useNavigate } from '@tanstack/react-router';
import type { audit } from '@virgil/contract';
import { Check, Download, ShieldAlert, ShieldCheck, ShieldQuestion, X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { receiptFile, useAuditEntry } from '../../../api/audit.ts';
import { useFormat } from '../../../i18n/format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { factsOf, shortHash } from './entry-words.ts';
import { ProofTree } from './proof-tree.tsx';
import { rememberCheckpoint, seenCheckpoint } from './seen-checkpoint.ts';
import { type Checked, type Outcome, type Step, verifyProof } from './verify-proof.ts';

type Entry = audit.AuditEntryWithProof;
const icon = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere" dir="auto">
        {children}
      </dd>
    </>
  );
}

function Facts({ entry }: { entry: Entry }): ReactNode {
  const { t } = useTranslation('audit');
  const { dateTime } = useFormat();
  const personal = entry.people.flatMap(({ part, personal }) =>
    Object.entries(personal)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => [`${part}.${name}`, name, value] as const),
  );
  const sealed = entry.people.filter(({ person }) => person === null).length;
  return (
    <dl className="mt-3 grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-4 gap-y-1 text-14">
      <Fact name={t('column.kind')}>
        <span className="mono font-[600]">{entry.type}</span>
      </Fact>
      <Fact name={t('column.time')}>{dateTime(entry.at)}</Fact>
      <Fact name={t('fact.who')}>
        {entry.actor === null ? (
          t('nobody')
        ) : (
          <Link to="." search={{ actorId: entry.actor.id, entry: entry.eventId }} title={t('onlyBy')}>
            {entry.actor.displayName || t('unnamed')}
          </Link>
        )}
      </Fact>
      <Fact name={t('fact.on')}>
        {entry.entityId === null ? (
          t('erased')
        ) : (
          <Link
            to="."
            search={{ entity: entry.entity as 'strike', entityId: entry.entityId, entry: entry.eventId }}
            title={t('wholeHistory')}
          >
            {t(`entity.${entry.entity as 'strike'}`, { defaultValue: entry.entity })}{' '}
            {entry.entityName || <span className="mono text-13">{entry.entityId}</span>}
          </Link>
        )}
      </Fact>
      {factsOf(entry, t('erasedPerson')).map(([name, value]) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
      {personal.map(([key, name, value]) => (
        <Fact key={key} name={name}>
          {typeof value === 'object' ? JSON.stringify(value) : String(value)}
        </Fact>
      ))}
      {sealed > 0 ? <Fact name={t('fact.sealed')}>{t('sealedParts', { count: sealed })}</Fact> : null}
    </dl>
  );
}

const ORDER: readonly Step[] = ['hash', 'path', 'root', 'signature', 'seen'];

function Steps({ checked, neighbours }: { checked: Checked; neighbours: number }): ReactNode {
  const { t } = useTranslation('audit');
  const { number, date } = useFormat();
  const shown: Record<Step, [string, string] | null> = {
    hash: [t('step.hash'), shortHash(checked.leaf)],
    path: [t('step.path', { count: neighbours }), `${checked.tookMs.toFixed(1)} ms`],
    root: [t('step.root'), shortHash(checked.root)],
    signature: [t('step.signature'), `ed25519, ${checked.keyId}`],
    seen: checked.seen && [
      t('step.seen', { when: date(checked.seen.at) }),
      t('step.size', { size: number(checked.seen.size) }),
    ],
  };
  return (
    <ol className="mt-3 border-t border-line">
      {ORDER.map((step) => {
        const line = shown[step];
        if (line === null) return null;
        return (
          <li
            key={step}
            className="grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-start gap-2 border-b border-line py-1.5 text-14"
          >
            <Check {...icon} size={16} className="mt-0.5 text-good" />
            <span>{line[0]}</span>
            <code className="mono text-13 text-ink-2">{line[1]}</code>
          </li>
        );
      })}
    </ol>
  );
}

function Verdict({ outcome, until }: { outcome: Outcome | null; until: string }): ReactNode {
  const { t } = useTranslation('audit');
  if (outcome === null) return <p className="mt-3 text-ink-2">{t('checking')}</p>;
  const look = {
    proven: [ShieldCheck, 'text-good'],
    refuted: [ShieldAlert, 'text-bad'],
    unable: [ShieldQuestion, 'text-ink-2'],
  } as const;
  const [Icon, colour] = look[outcome.kind];
  return (
    <div className="mt-3 flex items-start gap-3" role={outcome.kind === 'refuted' ? 'alert' : 'status'}>
      <Icon {...icon} size={24} className={`mt-0.5 flex-none ${colour}`} />
      <p>
        <b className="font-[620]">{t(`verdict.${outcome.kind}`)}</b>{' '}
        {outcome.kind === 'proven' ? t('verdict.provenText', { when: until }) : null}
        {outcome.kind === 'refuted' ? t(`verdict.failed.${outcome.step}`) : null}
        {outcome.kind === 'unable' ? t('verdict.unableText') : null}
      </p>
    </div>
  );
}

function Proof({ entry, proof, until }: { entry: Entry; proof: audit.AuditProof; until: string }): ReactNode {
  const { t } = useTranslation('audit');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const check = useCallback(async () => {
    setOutcome(null);
    const checked = await verifyProof(entry.leaf, proof, seenCheckpoint());
    setOutcome(checked);
    if (checked.kind !== 'proven') return;
    const root = proof.checkpoint.split('\n')[2] ?? '';
    rememberCheckpoint({ origin: proof.origin, size: proof.size, root, at: new Date().toISOString() });
  }, [entry.leaf, proof]);
  useEffect(() => {
    void check();
  }, [check]);
  return (
    <>
      <div className="mt-5">
        <ProofTree index={proof.index} size={proof.size} />
      </div>
      <Verdict outcome={outcome} until={until} />
      {outcome?.kind === 'proven' ? <Steps checked={outcome.checked} neighbours={proof.hashes.length} /> : null}
      <div className="mt-4 flex flex-wrap items-center gap-2">
        <Button small onClick={() => void check()}>
          <ShieldCheck {...icon} />
          {t('checkAgain')}
        </Button>
        <Button small asChild>
          <a href={receiptFile(entry.eventId)} download>
            <Download {...icon} />
            {t('receipt')}
          </a>
        </Button>
        <CopyButton text={proof.checkpoint} name={t('checkpoint')} />
      </div>
      <details className="mt-3 text-14">
        <summary className="cursor-pointer py-1 font-[560]">{t('elsewhere')}</summary>
        <p className="mt-1 text-ink-2">{t('elsewhereText')}</p>
        <pre className="mono mt-2 overflow-x-auto bg-surface-2 p-3 text-13">
          {`npx virgil-tlog verify ${location.origin}/log --state seen.json`}
        </pre>
        <p className="mt-3 text-ink-2">{t('leafText')}</p>
        <pre className="mono mt-2 max-h-60 overflow-auto bg-surface-2 p-3 text-13 whitespace-pre-wrap wrap-anywhere">
          {entry.leaf}
        </pre>
      </details>
    </>
  );
}

export function EntryProof({ eventId }: { eventId: string }): ReactNode {
  const { t } = useTranslation('audit');
  const { number, dateTime } = useFormat();
  const navigate = useNavigate();
  const [since] = useState(() => seenCheckpoint());
  const query = useAuditEntry(eventId, since?.size);
  const pane = useRef<HTMLElement>(null);
  // On a phone it stands above the list, out of sight of whoever chose an entry further down.
  useEffect(() => pane.current?.scrollIntoView({ block: 'nearest' }), []);
  const entry = query.data;
  return (
    <aside
      ref={pane}
      aria-label={t('proofLabel')}
      className="order-first scroll-mt-4 border-b border-line bg-surface-1 p-4 md:px-6 md:py-5 lg:sticky lg:top-0 lg:order-none lg:max-h-dvh lg:self-start lg:overflow-y-auto lg:border-b-0 lg:border-l"
    >
      <div className="flex items-start justify-between gap-3">
        <h2 className="text-21">{entry ? t('entry', { seq: number(entry.seq) }) : t('entryLoading')}</h2>
        <IconButton
          label={t('close')}
          small
          onClick={() => void navigate({ to: '.', search: ({ entry: _, ...rest }) => rest, resetScroll: false })}
        >
          <X {...icon} />
        </IconButton>
      </div>
      {query.isPending ? <SkeletonRows rows={3} /> : null}
      {query.isError && !entry ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {entry ? (
        <>
          <Facts entry={entry} />
          {entry.proof === null ? (
            <p className="mt-4 text-ink-2">{t('noProof')}</p>
          ) : (
            <Proof
              key={`${entry.eventId} ${entry.proof.size}`}
              entry={entry}
              proof={entry.proof}
              until={dateTime(new Date(query.dataUpdatedAt))}
            />
          )}
        </>
      ) : null}
    </aside>
  );
}
