/** Names what changes before it can no longer be changed. */
import { changesBetween, type PolicyContent, type policies } from '@virgil/contract';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { publishPolicy } from '../../../api/policies.ts';
import { asProblem } from '../../../api/problem.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { useInLanguage } from '../../../ui/in-language.ts';
import { useProblemText } from '../../../ui/problem-text.ts';

const today = (): string => new Date().toISOString().slice(0, 10);

export function PublishDialog({
  content,
  newest,
  onClose,
  onDone,
  revision,
}: {
  content: PolicyContent;
  newest: policies.Policy;
  onClose: () => void;
  onDone: (version: number) => void;
  revision: number;
}): ReactNode {
  const { t } = useTranslation(['policyDesk', 'policies']);
  const say = useInLanguage();
  const textOf = useProblemText();
  const [day, setDay] = useState('');
  const changes = changesBetween(newest, content);
  const version = newest.version + 1;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('publishTitle', { title: say(content.title), version })}
      description={
        <>
          <p>{t('publishText', { version: newest.version })}</p>
          <ul className="mt-2 max-h-48 list-disc overflow-y-auto pl-5">
            {changes.map(({ how, id, name, part }) => (
              <li key={`${part} ${id} ${how}`}>
                {t('policies:change', {
                  how: t(`policies:how.${how}`),
                  part: t(`policies:part.${part}`),
                  name: say(name),
                })}
              </li>
            ))}
          </ul>
        </>
      }
      act={t('publishAct', { version })}
      problem={(error) => {
        const problem = asProblem(error);
        return problem.code === 'already_decided' && problem.detail ? problem.detail : textOf(error);
      }}
      onConfirm={async () => {
        const published = await publishPolicy(newest.id, { revision, ...(day === '' ? {} : { effectiveFrom: day }) });
        onDone(published.version);
      }}
    >
      <Field label={t('from')} optional hint={t('fromHint')}>
        <Input type="date" min={today()} value={day} onChange={(event) => setDay(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
