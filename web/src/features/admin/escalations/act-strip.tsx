/** What the chosen act still needs, what follows from it, and the letter that the person will read. */
import { type Category, category as categories, type escalations } from '@virgil/contract';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationDecision } from '../../../api/escalations.ts';
import { usePolicies } from '../../../api/policies.ts';
import { useFormat } from '../../../i18n/format.ts';
import { DecisionStrip } from '../../../ui/decision-strip.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Input, Textarea } from '../../../ui/field.tsx';
import { isAppealable, type Length, LengthChoice, penaltyOf, RuleSelect, ruleOf } from '../penalty-fields.tsx';
import type { Act } from './decision-bar.tsx';

type Details = escalations.EscalationDetails;

export function ActStrip({
  act,
  busy,
  details,
  onCancel,
  onDecide,
  problem,
}: {
  act: Act;
  busy: boolean;
  details: Details;
  onCancel: () => void;
  onDecide: (body: EscalationDecision) => void;
  problem: string | null;
}): ReactNode {
  const { t } = useTranslation('escalations');
  const { dateTime } = useFormat();
  const rules = usePolicies();
  const { escalation } = details;
  const name = escalation.author.displayName;
  const [reason, setReason] = useState('');
  const [rule, setRule] = useState<string | null>(null);
  const [length, setLength] = useState<Length>('24');
  const [evidenceLink, setEvidenceLink] = useState('');
  const [asks, setAsks] = useState(false);
  const chosen = ruleOf(rules.data?.items, rule);
  const category = categories.safeParse(chosen?.category ?? null).data ?? null;
  const linkIsWrong = evidenceLink.trim() !== '' && !/^https:\/\/[^\s"<>]+$/.test(evidenceLink.trim());
  const words = reason.trim();
  const isReady = words !== '' && !(act === 'penalty' && linkIsWrong);
  const isTold = act !== 'approve' || escalation.kind !== 'strikes';

  function body(): EscalationDecision {
    switch (act) {
      case 'approve':
        return { decision: act, reason: words };
      case 'reject':
        return { decision: act, reason: words, ...(rule === null ? {} : { policyReference: rule }) };
      case 'penalty':
        return { decision: act, reason: words, penalty: penaltyOf({ length, rule, evidenceLink }) };
    }
  }
  const confirm = () => (act === 'penalty' && length === 'permanent' ? setAsks(true) : onDecide(body()));
  return (
    <>
      <DecisionStrip
        label={t(`decide.send.${act}`)}
        reads={
          isTold && words !== '' && isAppealable(length, category, act)
            ? {
                who: t('decide.willRead', { name }),
                letter: t(`decide.letter.${act}`, { reason: words.replace(/\.$/, '') }),
              }
            : null
        }
        note={<Consequence act={act} details={details} length={length} category={category} until={dateTime} />}
        act={t(`decide.send.${act}`)}
        dangerous={act === 'penalty'}
        busy={busy}
        problem={problem}
        isReady={isReady}
        onConfirm={confirm}
        onCancel={onCancel}
      >
        <div className="grid w-full gap-3">
          {act === 'penalty' ? <LengthChoice value={length} onChange={setLength} /> : null}
          <div className={clsx('grid gap-3', act === 'approve' ? '' : 'md:grid-cols-[minmax(0,1fr)_18rem]')}>
            <Field label={t(isTold ? 'decide.reason' : 'decide.note', { name })} className="content-start">
              <Textarea
                autoFocus
                required
                rows={2}
                className="voice text-18"
                dir="auto"
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            </Field>
            {act === 'approve' ? null : (
              <div className="grid content-start gap-3">
                <RuleSelect value={rule} onChange={setRule} category={escalation.category} />
                {act === 'penalty' ? (
                  <Field
                    label={t('penalty.evidence')}
                    optional
                    hint={t('penalty.evidenceHint')}
                    error={linkIsWrong ? t('penalty.evidenceWrong') : undefined}
                  >
                    <Input
                      type="url"
                      placeholder="https://"
                      value={evidenceLink}
                      onChange={(event) => setEvidenceLink(event.target.value)}
                    />
                  </Field>
                ) : null}
              </div>
            )}
          </div>
        </div>
      </DecisionStrip>
      <ConfirmDialog
        open={asks}
        onOpenChange={setAsks}
        title={t('penalty.confirmTitle', { name })}
        description={
          <>
            <p>{t('penalty.confirmText')}</p>
            {isAppealable(length, category, act) ? null : (
              <p className="mt-2 border-l-[3px] border-bad pl-3">{t('penalty.noAppeal')}</p>
            )}
          </>
        }
        act={t('decide.send.penalty')}
        dangerous
        onConfirm={() => onDecide(body())}
      />
    </>
  );
}

function Consequence({
  act,
  category,
  details,
  length,
  until,
}: {
  act: Act;
  category: Category | null;
  details: Details;
  length: Length;
  until: (at: Date) => string;
}): ReactNode {
  const { t } = useTranslation('escalations');
  const { escalation, textState } = details;
  const name = escalation.author.displayName;
  if (act === 'penalty') {
    const end = length === 'permanent' ? null : new Date(Date.now() + Number(length) * 3_600_000);
    return (
      <>
        {t('penalty.consequence', { name })} {end === null ? null : t('penalty.until', { date: until(end) })}
        {isAppealable(length, category, act) ? null : <b className="block text-bad">{t('penalty.noAppeal')}</b>}
      </>
    );
  }
  if (escalation.kind === 'strikes') return t('decide.consequence.leaveOpen');
  if (act === 'reject') {
    return t(textState === 'published' ? 'decide.consequence.remove' : 'decide.consequence.hide', { name });
  }
  if (textState === null) return t('decide.consequence.nothing', { name });
  return t(
    textState === 'held' || textState === 'blocked' ? 'decide.consequence.publish' : 'decide.consequence.stayPublished',
    { name },
  );
}
