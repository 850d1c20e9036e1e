/** Names what follows before it is done, and asks for the words that will be read. */
import { type reports, type StatementCategory, statementCategory } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../../api/problem.ts';
import { type ResolutionResult, resolveReport } from '../../../api/reports.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { CharacterCount, Field, Select, Textarea } from '../../../ui/field.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { consequencesOf } from './consequences.ts';

export type Decision = 'approved' | 'rejected';

const MOST = 2000;

export function DecisionDialog({
  details,
  decision,
  onClose,
  onDone,
}: {
  details: reports.ReportDetails;
  decision: Decision;
  onClose: () => void;
  onDone: (result: ResolutionResult) => void;
}): ReactNode {
  const { t } = useTranslation('reportsDesk');
  const textOf = useProblemText();
  const { report } = details;
  const [reason, setReason] = useState('');
  const [category, setCategory] = useState<StatementCategory>(report.reason);
  const [abusive, setAbusive] = useState(false);
  const isApproval = decision === 'approved';

  async function decide(): Promise<void> {
    if (reason.trim() === '') throw new Error('no reason');
    const body = isApproval ? { decision, reason, category } : { decision, reason, ...(abusive ? { abusive } : {}) };
    onDone(await resolveReport(report.id, body));
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t(isApproval ? 'decide.approveTitle' : 'decide.rejectTitle')}
      description={
        isApproval ? (
          <>
            <p>{t('decide.does')}:</p>
            <ul className="mt-1 list-disc pl-5">
              {consequencesOf(details).map(({ key, values }) => (
                <li key={key}>{t(key, values)}</li>
              ))}
            </ul>
          </>
        ) : (
          t('decide.rejecting')
        )
      }
      act={t(
        isApproval ? (details.consequence.removes ? 'decide.approveAct' : 'decide.approveOnlyAct') : 'decide.rejectAct',
      )}
      dangerous={isApproval}
      onConfirm={decide}
      problem={(error) => {
        const problem = asProblem(error);
        if (error instanceof Error && error.message === 'no reason') return t('decide.needReason');
        // Who decided, what and why, in the server's words.
        if (problem.code === 'already_decided') return `${t('decide.conflict')} ${problem.detail ?? ''}`;
        return textOf(error);
      }}
    >
      <div className="grid gap-4">
        {isApproval ? (
          <Field label={t('decide.rule')}>
            <Select value={category} onChange={(event) => setCategory(statementCategory.parse(event.target.value))}>
              {statementCategory.options.map((each) => (
                <option key={each} value={each}>
                  {t(`category.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <Field
          label={t('decide.reason')}
          hint={
            <>
              {t(isApproval ? 'decide.reasonHint' : 'decide.rejectHint')} <CharacterCount value={reason} max={MOST} />
            </>
          }
        >
          <Textarea
            autoFocus
            required
            rows={3}
            className="voice text-18"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {isApproval ? null : (
          <label className="flex items-start gap-3">
            <input
              type="checkbox"
              className="mt-1 size-4.5 accent-[var(--ink)]"
              checked={abusive}
              onChange={(event) => setAbusive(event.target.checked)}
            />
            <span>
              {t('decide.abusive')}
              <span className="block text-14 text-ink-3">{t('decide.abusiveHint')}</span>
            </span>
          </label>
        )}
      </div>
    </ConfirmDialog>
  );
}
