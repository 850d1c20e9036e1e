import type { dossiers } from '@virgil/contract';
import {
  Ban,
  Clock,
  DoorOpen,
  Flag,
  Gavel,
  History as HistoryIcon,
  Inbox,
  type LucideIcon,
  MessageSquare,
  Radio,
  Scale,
  ShieldAlert,
  ShieldCheck,
  Timer,
  UserRound,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { itemsOf } from '../../../api/queries.ts';
import { useHistory } from '../../../api/standing.ts';
import { Spine } from '../../../ui/spine.tsx';
import { EmptyState, ListStates } from '../../../ui/states.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';

const ICONS: Readonly<Record<dossiers.HistoryKind, LucideIcon>> = {
  joined: UserRound,
  stream_started: Radio,
  stream_ended: Radio,
  report_about: Flag,
  report_by: Flag,
  strike: ShieldAlert,
  strike_lifted: ShieldCheck,
  strike_expired: Clock,
  penalty: Ban,
  penalty_ended: DoorOpen,
  appeal: Scale,
  appeal_decided: Scale,
  timeout: Timer,
  timeout_lifted: DoorOpen,
  channel_ban: Ban,
  channel_ban_lifted: DoorOpen,
  warning: ShieldAlert,
  review_decision: Gavel,
  notice: Inbox,
  message: MessageSquare,
};

const SHOWN = [
  'all',
  'message',
  'review_decision',
  'strike',
  'penalty',
  'appeal',
  'report_about',
  'stream_started',
  'notice',
] as const;
type Shown = (typeof SHOWN)[number];

/** Notes that are words of ours; ids and kinds of notices say nothing to a reader. */
const NOTES: ReadonlySet<string> = new Set([
  'permanent',
  'temporary',
  'strikes',
  'approved',
  'denied',
  'creator',
  'no_media',
  'decision',
  'appeal',
  'retraction',
  'put_back',
]);

/** Moments on the left, what happened on the right, newest first. */
export function History({ userId }: { userId: string }): ReactNode {
  const { t } = useTranslation('standing');
  const [shown, setShown] = useState<Shown>('all');
  const query = useHistory(userId, shown === 'all' ? undefined : shown);
  const entries = itemsOf(query.data);
  return (
    <section className="min-w-0 lg:order-1">
      <h2 className="sr-only">{t('dossier.history')}</h2>
      <div className="mb-4 overflow-x-auto">
        <ToggleGroup<Shown>
          label={t('dossier.filter')}
          value={shown}
          onChange={setShown}
          choices={SHOWN.map((value) => ({ value, label: t(`dossier.show.${value}`) }))}
        />
      </div>
      <ListStates
        query={query}
        count={entries.length}
        empty={<EmptyState icon={HistoryIcon} title={t('dossier.nothing')} text={t('dossier.nothingText')} />}
      >
        <Spine
          label={t('dossier.history')}
          entries={entries.map((entry) => ({
            key: `${entry.kind} ${entry.id}`,
            at: entry.at,
            icon: ICONS[entry.kind],
            title: <Title entry={entry} />,
            text: <Words entry={entry} />,
          }))}
        />
      </ListStates>
    </section>
  );
}

/** A letter’s first paragraph tells what it is; the rest repeats the rules. */
function Words({ entry }: { entry: dossiers.HistoryEntry }): ReactNode {
  const { t } = useTranslation('standing');
  if (entry.words === null) return null;
  if (entry.kind === 'penalty' && entry.note === 'strikes') return t('byStrikes');
  return <span dir="auto">{entry.kind === 'notice' ? entry.words.split('\n\n')[0] : entry.words}</span>;
}

function Title({ entry }: { entry: dossiers.HistoryEntry }): ReactNode {
  const { t } = useTranslation('standing');
  const { by, kind, note } = entry;
  return (
    <>
      <b className="font-[620]">{t(`dossier.kind.${kind}`)}</b>
      {note !== null && NOTES.has(note) ? `, ${t(`dossier.note.${note as 'permanent'}`)}` : null}
      {by === null ? null : `, ${t('dossier.by', { name: by })}`}
    </>
  );
}
