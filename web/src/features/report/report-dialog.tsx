import { Link } from '@tanstack/react-router';
import { type ReportReason, type ReportSubject, reportReason, reports } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CharacterCount, Field, Textarea } from '../../ui/field.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

const MAX_DESCRIPTION = 2000;

const TITLES = {
  livestream: 'report.streamTitle',
  video: 'report.videoTitle',
  message: 'report.messageTitle',
  comment: 'report.commentTitle',
  direct_message: 'report.messageTitle',
  user: 'report.userTitle',
} as const;

const addressOf = ({ id, type }: ReportSubject): string =>
  `${location.origin}${type === 'video' ? '/videos/' : '/watch/'}${id}`;

export interface ReportDialogProps {
  /** What is reported, and the words that show it (a quoted line, a title). Null keeps the dialog closed. */
  readonly target: { readonly subject: ReportSubject; readonly quote: string } | null;
  readonly onClose: () => void;
}

export function ReportDialog({ target, onClose }: ReportDialogProps): ReactNode {
  return target ? <OpenReport key={target.subject.id} target={target} onClose={onClose} /> : null;
}

function OpenReport({
  target,
  onClose,
}: {
  target: NonNullable<ReportDialogProps['target']>;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('watch');
  const textOf = useProblemText();
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [description, setDescription] = useState('');
  const [unpicked, setUnpicked] = useState(false);
  const { submit, busy, error } = useSubmit(async (picked: ReportReason) => {
    const report = await call(reports.createReport, {
      body: { subject: target.subject, reason: picked, ...(description.trim() ? { description } : {}) },
    });
    // A second report of the same thing counts as the first one, with the first one's reason.
    showToast(report.reason === picked ? t('report.sent') : t('report.sentBefore'));
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={t(TITLES[target.subject.type])}
      description={t('report.consequence')}
      foot={
        <>
          <Button onClick={onClose}>{t('report.cancel')}</Button>
          <Button look="main" busy={busy} onClick={() => (reason ? void submit(reason) : setUnpicked(true))}>
            {t('report.send')}
          </Button>
        </>
      }
    >
      <blockquote className="spine mb-5 text-ink-2 [overflow-wrap:anywhere]">
        <bdi dir="auto">{target.quote}</bdi>
      </blockquote>
      <fieldset className="grid gap-1">
        <legend className="mb-1.5 font-[600]">{t('report.reason')}</legend>
        {reportReason.options.map((option) => (
          <label key={option} className="flex min-h-9 items-center gap-3">
            <input
              type="radio"
              name="reason"
              value={option}
              checked={reason === option}
              onChange={() => setReason(option)}
              className="size-4.5 accent-[var(--ink)]"
            />
            {t(`report.reasons.${option}`)}
          </label>
        ))}
      </fieldset>
      {reason === 'rights' && (target.subject.type === 'livestream' || target.subject.type === 'video') ? (
        <p className="mt-3 border-l-[3px] border-ink-3 pl-3 text-14 text-ink-2">
          {t('report.rightsHint')}{' '}
          <Link to="/dmca" search={{ url: addressOf(target.subject) }} onClick={onClose}>
            {t('report.rightsForm')}
          </Link>
        </p>
      ) : null}
      <Field
        className="mt-5"
        label={t('report.description')}
        optional
        hint={<CharacterCount value={description} max={MAX_DESCRIPTION} />}
      >
        <Textarea value={description} onChange={(event) => setDescription(event.target.value)} rows={3} />
      </Field>
      {error || (unpicked && !reason) ? (
        <p role="alert" className="mt-4 text-bad">
          {error ? textOf(error) : t('report.pickReason')}
        </p>
      ) : null}
    </Dialog>
  );
}
