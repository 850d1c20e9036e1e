/** What differs between two versions of a policy: what went is struck through, what came is underlined. */
import { changesBetween, type PolicyChange, type PolicyContent } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useInLanguage } from './in-language.ts';
import { wordDifference } from './word-difference.ts';

export function PolicyChanges({ before, after }: { before: PolicyContent; after: PolicyContent }): ReactNode {
  const { t } = useTranslation('policies');
  const changes = changesBetween(before, after);
  if (changes.length === 0) return <p className="py-3 text-ink-2">{t('same')}</p>;
  return (
    <ul className="rows border-t border-line">
      {changes.map((change) => (
        <Change key={`${change.part} ${change.id} ${change.how}`} change={change} />
      ))}
    </ul>
  );
}

function Change({ change }: { change: PolicyChange }): ReactNode {
  const { t, i18n } = useTranslation('policies');
  const say = useInLanguage();
  const [before, after] = [change.before, change.after].map((text) => (text === null ? '' : say(text)));
  const pieces = wordDifference(before ?? '', after ?? '');
  const onlyOther = pieces.every(({ kind }) => kind === 'same');
  return (
    <li className="py-3">
      <p className="font-[620]">
        {t('change', { how: t(`how.${change.how}`), part: t(`part.${change.part}`), name: say(change.name) })}
      </p>
      {onlyOther ? (
        <p className="text-14 text-ink-3">{t(i18n.language === 'de' ? 'onlyEnglish' : 'onlyGerman')}</p>
      ) : (
        <p className="mt-1 max-w-[66ch] whitespace-pre-line">
          {pieces.map(({ kind, text }, index) =>
            kind === 'same' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are known by their place
              <span key={index}>{text}</span>
            ) : kind === 'gone' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are known by their place
              <del key={index} className="bg-bad-soft text-bad">
                {text}
              </del>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces are known by their place
              <ins key={index} className="bg-tone-soft text-tone">
                {text}
              </ins>
            ),
          )}
        </p>
      )}
    </li>
  );
}
