import type { videos } from '@virgil/contract';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updateVideo } from '../../api/videos.ts';
import { Button } from '../../ui/button.tsx';
import { CharacterCount, Field, Input } from '../../ui/field.tsx';
import { FormProblem } from '../../ui/form-problem.tsx';
import { useFieldProblem } from '../../ui/problem-text.ts';
import { Switch } from '../../ui/switch.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';

/** The creator renames a recording or says who may see it. */
export function VideoSettings({ video }: { video: videos.Video }): ReactNode {
  const { t } = useTranslation(['videos', 'common', 'letters']);
  const fieldProblem = useFieldProblem();
  const [title, setTitle] = useState(video.title);
  const rename = useSubmit(async () => {
    await updateVideo(video.id, { title });
    showToast(t('common:saved'));
  });
  const publish = useSubmit(async (isPublic: boolean) => {
    await updateVideo(video.id, { isPublic });
    showToast(t(isPublic ? 'nowPublic' : 'nowPrivate'), { undo: () => void publish.submit(!isPublic) });
  });
  const takeComments = useSubmit(async (commentsOpen: boolean) => {
    await updateVideo(video.id, { commentsOpen });
    showToast(t(commentsOpen ? 'letters:switch.on' : 'letters:switch.off'), {
      undo: () => void takeComments.submit(!commentsOpen),
    });
  });

  return (
    <section className="box mt-8 max-w-[46rem]">
      <h2 className="mb-4 text-18">{t('yours')}</h2>
      <form
        className="grid gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void rename.submit();
        }}
      >
        <Field
          label={t('titleLabel')}
          hint={<CharacterCount value={title} max={140} />}
          error={fieldProblem(rename.error, 'title')}
        >
          <Input value={title} required onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <FormProblem error={rename.error ?? publish.error ?? takeComments.error} />
        <Button type="submit" className="justify-self-start" busy={rename.busy}>
          {t('common:save')}
        </Button>
      </form>
      <div className="mt-4 border-t border-line pt-3">
        <Switch
          label={t('public')}
          hint={video.removal !== null ? t('publicRemoved') : video.patronOnly ? t('publicPatron') : t('publicHint')}
          checked={video.isPublic}
          disabled={publish.busy || video.patronOnly || video.removal !== null}
          onChange={(isPublic) => void publish.submit(isPublic)}
        />
      </div>
      <div className="mt-4 border-t border-line pt-3">
        <Switch
          label={t('letters:switch.label')}
          hint={t('letters:switch.hint')}
          checked={video.commentsOpen}
          disabled={takeComments.busy}
          onChange={(open) => void takeComments.submit(open)}
        />
      </div>
    </section>
  );
}
