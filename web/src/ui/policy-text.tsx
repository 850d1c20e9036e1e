/** One version of a policy as it is read: rules by category, what follows from a breach, and the prose around them. */
import type { PolicyContent } from '@virgil/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useInLanguage } from './in-language.ts';

export function PolicyText({ content }: { content: PolicyContent }): ReactNode {
  const { t } = useTranslation('policies');
  const say = useInLanguage();
  return (
    <>
      {content.categories.map((category) => (
        <section key={category.id} className="mt-8">
          <h2 className="mb-2 border-b border-line pb-2 text-21">{say(category.title)}</h2>
          <ol>
            {category.rules.map((rule) => (
              <li
                key={rule.id}
                id={rule.id}
                className="grid scroll-mt-24 grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-3 target:bg-surface-3"
              >
                <span className="mono pt-0.5 text-14 text-ink-3">{rule.number}</span>
                <div>
                  <h3 className="text-18">{say(rule.title)}</h3>
                  <p className="mt-0.5 max-w-[66ch]">{say(rule.text)}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {content.ladder.length > 0 ? (
        <section className="mt-10">
          <h2 className="mb-2 border-b border-line pb-2 text-21">{t('ladder')}</h2>
          <ol>
            {content.ladder.map((step, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place
                key={index}
                className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-3 border-b border-line py-3"
              >
                <span className="mono pt-0.5 text-14 text-ink-3">{index + 1}</span>
                <div>
                  <h3 className="text-18">{say(step.title)}</h3>
                  <p className="mt-0.5 max-w-[66ch] text-ink-2">{say(step.text)}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {content.sections.map((section) => (
        <section key={section.title.en} className="mt-8">
          <h2 className="mb-2 text-21">{say(section.title)}</h2>
          {section.paragraphs.map((paragraph) => (
            <p key={paragraph.en} className="mb-3 max-w-[66ch]">
              {say(paragraph)}
            </p>
          ))}
        </section>
      ))}
    </>
  );
}
