import type { accounts } from '@virgil/contract';
import { ImageUp } from 'lucide-react';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { removeAvatar, setAvatar } from '../../api/me.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useSubmit } from '../../ui/use-submit.ts';
import { AvatarDialog } from './avatar-dialog.tsx';
import { Part } from './part.tsx';

const MAX_BYTES = 5 * 1024 * 1024;

/** A picture that this browser can open, or null. */
async function opened(file: File): Promise<HTMLImageElement | null> {
  const image = new Image();
  image.src = URL.createObjectURL(file);
  return image.decode().then(
    () => image,
    () => {
      URL.revokeObjectURL(image.src);
      return null;
    },
  );
}

export function AvatarPart({ me }: { me: accounts.Me }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<HTMLImageElement | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const removal = useSubmit(async () => {
    try {
      await removeAvatar();
      showToast(t('avatar.removed'));
    } catch (error) {
      setProblem(problemText(error));
    }
  });

  async function choose(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0];
    event.target.value = '';
    setProblem(null);
    if (!file) return;
    if (file.size > MAX_BYTES * 4) {
      setProblem(t('avatar.tooLarge'));
      return;
    }
    const image = await opened(file);
    if (image) setPicture(image);
    else setProblem(t('avatar.unreadable'));
  }

  function close(): void {
    if (picture) URL.revokeObjectURL(picture.src);
    setPicture(null);
  }

  return (
    <Part title={t('avatar.title')}>
      <div className="flex flex-wrap items-center gap-6">
        <Avatar person={me} size="xl" />
        <div className="grid gap-3">
          <p className="max-w-[44ch] text-14 text-ink-3">{t('avatar.text')}</p>
          <div className="flex flex-wrap gap-3">
            <input
              ref={input}
              type="file"
              accept="image/png,image/jpeg,image/webp"
              className="sr-only"
              tabIndex={-1}
              aria-hidden="true"
              onChange={(event) => void choose(event)}
            />
            <Button onClick={() => input.current?.click()}>
              <ImageUp aria-hidden="true" size={18} strokeWidth={1.75} />
              {t('avatar.choose')}
            </Button>
            {me.avatarUrl ? (
              <Button look="quiet" busy={removal.busy} onClick={() => void removal.submit()}>
                {t('avatar.remove')}
              </Button>
            ) : null}
          </div>
          <p role="alert" className="text-14 text-bad empty:hidden">
            {problem}
          </p>
        </div>
      </div>
      {picture ? (
        <AvatarDialog
          picture={picture}
          onClose={close}
          onCut={async (cut) => {
            await setAvatar(cut);
            showToast(t('avatar.done'));
          }}
        />
      ) : null}
    </Part>
  );
}
