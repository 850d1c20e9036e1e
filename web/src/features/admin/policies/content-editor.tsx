/** Every text of a policy in both languages, side by side; rules keep their id from version to version. */
import { type InBoth, type PolicyContent, type PolicyRule, statementCategory } from '@virgil/contract';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../../../ui/field.tsx';
import { moved, slugOf, without } from './content-edits.ts';

type Category = PolicyContent['categories'][number];
type Section = PolicyContent['sections'][number];
const EMPTY: InBoth = { en: '', de: '' };

export function ContentEditor({
  content,
  onChange,
}: {
  content: PolicyContent;
  onChange: (content: PolicyContent) => void;
}): ReactNode {
  const { t } = useTranslation('policyDesk');
  const set = (part: Partial<PolicyContent>) => onChange({ ...content, ...part });
  const { categories, ladder, sections } = content;
  const taken = new Set(categories.flatMap(({ id, rules }) => [id, ...rules.map((rule) => rule.id)]));
  return (
    <div className="mt-5 grid gap-10">
      <section className="grid gap-4">
        <Both label={t('field.title')} value={content.title} onChange={(title) => set({ title })} />
        <Both label={t('field.summary')} rows={2} value={content.summary} onChange={(summary) => set({ summary })} />
      </section>
      <Group title={t('rules')}>
        {categories.map((category, index) => (
          <CategoryEditor
            key={category.id}
            category={category}
            taken={taken}
            onChange={(next) => set({ categories: categories.with(index, next) })}
            onRemove={() => set({ categories: without(categories, index) })}
            onMove={(by) => set({ categories: moved(categories, index, by) })}
          />
        ))}
        <AddNamed
          label={t('addCategory')}
          taken={taken}
          onAdd={(title, id) => {
            const rule: PolicyRule = {
              id: `${id}-1`,
              number: `${categories.length + 1}.1`,
              title: EMPTY,
              text: EMPTY,
              category: null,
            };
            set({ categories: [...categories, { id, title, rules: [rule] }] });
          }}
        />
      </Group>
      <Group title={t('ladder')}>
        {ladder.map((step, index) => (
          <Box
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are known by their place
            key={index}
            name={t('step', { number: index + 1 })}
            onRemove={() => set({ ladder: without(ladder, index) })}
            onMove={(by) => set({ ladder: moved(ladder, index, by) })}
          >
            <Both
              label={t('field.heading')}
              value={step.title}
              onChange={(title) => set({ ladder: ladder.with(index, { ...step, title }) })}
            />
            <Both
              label={t('field.text')}
              rows={2}
              value={step.text}
              onChange={(text) => set({ ladder: ladder.with(index, { ...step, text }) })}
            />
          </Box>
        ))}
        <Add label={t('addStep')} onAdd={() => set({ ladder: [...ladder, { title: EMPTY, text: EMPTY }] })} />
      </Group>
      <Group title={t('sections')}>
        {sections.map((section, index) => (
          <SectionEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: sections are known by their place
            key={index}
            section={section}
            onChange={(next) => set({ sections: sections.with(index, next) })}
            onRemove={() => set({ sections: without(sections, index) })}
            onMove={(by) => set({ sections: moved(sections, index, by) })}
          />
        ))}
        <Add
          label={t('addSection')}
          onAdd={() => set({ sections: [...sections, { title: EMPTY, paragraphs: [EMPTY] }] })}
        />
      </Group>
    </div>
  );
}

function CategoryEditor({
  category,
  onChange,
  onMove,
  onRemove,
  taken,
}: {
  category: Category;
  onChange: (category: Category) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  taken: ReadonlySet<string>;
}): ReactNode {
  const { t } = useTranslation('policyDesk');
  const { rules } = category;
  return (
    <Box name={category.title.en || category.id} onMove={onMove} onRemove={onRemove}>
      <Both label={t('field.heading')} value={category.title} onChange={(title) => onChange({ ...category, title })} />
      {rules.map((rule, index) => (
        <RuleEditor
          key={rule.id}
          rule={rule}
          onChange={(next) => onChange({ ...category, rules: rules.with(index, next) })}
          onMove={(by) => onChange({ ...category, rules: moved(rules, index, by) })}
          onRemove={rules.length > 1 ? () => onChange({ ...category, rules: without(rules, index) }) : null}
        />
      ))}
      <AddNamed
        label={t('addRule')}
        taken={taken}
        onAdd={(title, id) =>
          onChange({
            ...category,
            rules: [...rules, { id, number: nextNumber(rules), title, text: EMPTY, category: null }],
          })
        }
      />
    </Box>
  );
}

/** `2.4` after `2.3`. */
function nextNumber(rules: readonly PolicyRule[]): string {
  const parts = (rules.at(-1)?.number ?? '1.0').split('.').map(Number);
  return [...parts.slice(0, -1), (parts.at(-1) ?? 0) + 1].join('.');
}

function RuleEditor({
  onChange,
  onMove,
  onRemove,
  rule,
}: {
  onChange: (rule: PolicyRule) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: (() => void) | null;
  rule: PolicyRule;
}): ReactNode {
  const { t } = useTranslation(['policyDesk', 'reportsDesk']);
  const set = (part: Partial<PolicyRule>) => onChange({ ...rule, ...part });
  return (
    <Box
      name={`${rule.number} ${rule.title.en || rule.id}`}
      note={t('ruleId', { id: rule.id })}
      onMove={onMove}
      onRemove={onRemove}
    >
      <div className="grid gap-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
        <Field label={t('field.number')}>
          <Input className="mono" value={rule.number} onChange={(event) => set({ number: event.target.value })} />
        </Field>
        <Field label={t('field.category')} hint={t('field.categoryHint')}>
          <Select
            value={rule.category ?? ''}
            onChange={(event) => set({ category: statementCategory.safeParse(event.target.value).data ?? null })}
          >
            <option value="">{t('field.noCategory')}</option>
            {statementCategory.options.map((each) => (
              <option key={each} value={each}>
                {t(`reportsDesk:category.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Both label={t('field.heading')} value={rule.title} onChange={(title) => set({ title })} />
      <Both label={t('field.text')} rows={3} value={rule.text} onChange={(text) => set({ text })} />
    </Box>
  );
}

function SectionEditor({
  onChange,
  onMove,
  onRemove,
  section,
}: {
  onChange: (section: Section) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  section: Section;
}): ReactNode {
  const { t } = useTranslation('policyDesk');
  const { paragraphs } = section;
  return (
    <Box name={section.title.en || t('sections')} onMove={onMove} onRemove={onRemove}>
      <Both label={t('field.heading')} value={section.title} onChange={(title) => onChange({ ...section, title })} />
      {paragraphs.map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs are known by their place
        <div key={index} className="flex items-start gap-2">
          <Both
            label={t('paragraph', { number: index + 1 })}
            rows={4}
            value={paragraph}
            onChange={(next) => onChange({ ...section, paragraphs: paragraphs.with(index, next) })}
          />
          {paragraphs.length > 1 ? (
            <IconButton
              small
              className="mt-7"
              label={t('remove', { name: t('paragraph', { number: index + 1 }) })}
              onClick={() => onChange({ ...section, paragraphs: without(paragraphs, index) })}
            >
              <Trash2 aria-hidden="true" size={16} strokeWidth={1.75} />
            </IconButton>
          ) : null}
        </div>
      ))}
      <Add label={t('addParagraph')} onAdd={() => onChange({ ...section, paragraphs: [...paragraphs, EMPTY] })} />
    </Box>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="grid gap-4">
      <div className="head">
        <h2>{title}</h2>
      </div>
      {children}
    </section>
  );
}

function Box({
  children,
  name,
  note,
  onMove,
  onRemove,
}: {
  children: ReactNode;
  name: string;
  note?: string;
  onMove: (by: 1 | -1) => void;
  onRemove: (() => void) | null;
}): ReactNode {
  const { t } = useTranslation('policyDesk');
  return (
    <fieldset className="grid min-w-0 gap-3 border-l-2 border-line-strong pl-4">
      <legend className="sr-only">{name}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <p className="text-16 font-[640]" aria-hidden="true">
          {name}
        </p>
        {note ? <span className="mono text-13 text-ink-3">{note}</span> : null}
        <span className="ml-auto flex gap-1">
          <IconButton small label={t('up', { name })} onClick={() => onMove(-1)}>
            <ArrowUp aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
          <IconButton small label={t('down', { name })} onClick={() => onMove(1)}>
            <ArrowDown aria-hidden="true" size={16} strokeWidth={1.75} />
          </IconButton>
          {onRemove === null ? null : (
            <IconButton small label={t('remove', { name })} onClick={onRemove}>
              <Trash2 aria-hidden="true" size={16} strokeWidth={1.75} />
            </IconButton>
          )}
        </span>
      </div>
      {children}
    </fieldset>
  );
}

function Both({
  label,
  onChange,
  rows = 1,
  value,
}: {
  label: string;
  onChange: (value: InBoth) => void;
  rows?: number;
  value: InBoth;
}): ReactNode {
  const { t } = useTranslation('policyDesk');
  return (
    <div className="grid min-w-0 grow gap-3 md:grid-cols-2">
      {(['en', 'de'] as const).map((language) => {
        const shared = {
          lang: language,
          value: value[language],
          'aria-invalid': value[language].trim() === '' || undefined,
        };
        const change = (text: string) => onChange({ ...value, [language]: text });
        return (
          <Field key={language} label={`${label} (${t(`language.${language}`)})`}>
            {rows === 1 ? (
              <Input {...shared} onChange={(event) => change(event.target.value)} />
            ) : (
              <Textarea {...shared} rows={rows} onChange={(event) => change(event.target.value)} />
            )}
          </Field>
        );
      })}
    </div>
  );
}

function Add({ label, onAdd }: { label: string; onAdd: () => void }): ReactNode {
  return (
    <Button small className="justify-self-start" onClick={onAdd}>
      <Plus aria-hidden="true" size={16} strokeWidth={1.75} />
      {label}
    </Button>
  );
}

/** Its English name gives it an id, which decisions will name for ever. */
function AddNamed({
  label,
  onAdd,
  taken,
}: {
  label: string;
  onAdd: (title: InBoth, id: string) => void;
  taken: ReadonlySet<string>;
}): ReactNode {
  const { t } = useTranslation(['policyDesk', 'common']);
  const [name, setName] = useState<string | null>(null);
  const id = slugOf(name ?? '', taken);
  if (name === null) return <Add label={label} onAdd={() => setName('')} />;
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (id === null) return;
        onAdd({ en: name.trim(), de: '' }, id);
        setName(null);
      }}
    >
      <Field label={t('newName')} hint={id === null ? t('newNameHint') : t('ruleId', { id })}>
        <Input autoFocus lang="en" value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" small aria-disabled={id === null || undefined}>
        {label}
      </Button>
      <Button small look="quiet" onClick={() => setName(null)}>
        {t('common:cancel')}
      </Button>
    </form>
  );
}
