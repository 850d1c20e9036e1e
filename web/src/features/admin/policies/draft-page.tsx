/** The next version of a policy: written in both languages, looked at as it will stand, compared, published. */
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { changesBetween, policies as contract, type PolicyContent } from '@virgil/contract';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  discardPolicyDraft,
  savePolicyDraft,
  useAdminPolicies,
  usePolicyDraft,
  usePolicyVersion,
} from '../../../api/policies.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { useInLanguage } from '../../../ui/in-language.ts';
import { PolicyChanges } from '../../../ui/policy-changes.tsx';
import { PolicyText } from '../../../ui/policy-text.tsx';
import { useProblemText } from '../../../ui/problem-text.ts';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { ToggleGroup } from '../../../ui/toggle-group.tsx';
import { useSubmit } from '../../../ui/use-submit.ts';
import { AdminFrame } from '../admin-frame.tsx';
import { ContentEditor } from './content-editor.tsx';
import { PublishDialog } from './publish-dialog.tsx';

export function DraftPage(): ReactNode {
  const { t } = useTranslation('policyDesk');
  const { policyId } = useParams({ from: '/admin/policies/$policyId' });
  const list = useAdminPolicies();
  const policy = list.data?.items.find(({ id }) => id === policyId);
  const newest = usePolicyVersion(policyId, policy?.versions[0]?.version);
  const draft = usePolicyDraft(policyId, policy?.draft != null);
  const error = list.error ?? newest.error ?? draft.error;
  const isReady =
    policy !== undefined && newest.data !== undefined && (policy.draft === null || draft.data !== undefined);
  return (
    <AdminFrame title={t('title')}>
      <div className="page">
        {error ? (
          <ErrorState heading="h1" error={error} onRetry={() => void list.refetch()} />
        ) : list.isSuccess && policy === undefined ? (
          <EmptyState heading="h1" title={t('notFound')} />
        ) : isReady && newest.data !== undefined ? (
          <Draft key={policyId} newest={newest.data} saved={policy?.draft == null ? null : (draft.data ?? null)} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </div>
    </AdminFrame>
  );
}

type View = 'write' | 'preview' | 'changes';

const contentOf = (policy: PolicyContent): PolicyContent => {
  const { categories, ladder, sections, summary, title } = policy;
  return { categories, ladder, sections, summary, title };
};

function Draft({ newest, saved }: { newest: contract.Policy; saved: contract.PolicyDraft | null }): ReactNode {
  const { t } = useTranslation('policyDesk');
  const say = useInLanguage();
  const textOf = useProblemText();
  const navigate = useNavigate();
  const [content, setContent] = useState<PolicyContent>(() => saved?.content ?? contentOf(newest));
  const [revision, setRevision] = useState(saved?.revision ?? 0);
  const [kept, setKept] = useState(content);
  const [view, setView] = useState<View>('write');
  const [asks, setAsks] = useState<'publish' | 'discard' | null>(null);
  const isKept = kept === content;
  const changes = changesBetween(newest, content);
  const problems = contract.policyContent.safeParse(content);
  const { busy, error, submit } = useSubmit(async () => {
    const draft = await savePolicyDraft(newest.id, revision, content);
    setRevision(draft.revision);
    setKept(content);
    showToast(t('saved'));
  });
  return (
    <>
      <nav className="mb-3 flex items-center gap-2 text-14" aria-label={t('title')}>
        <Link to="/admin/policies">{t('title')}</Link>
        <ChevronRight aria-hidden="true" size={14} strokeWidth={1.75} className="text-ink-3" />
        <span>{say(newest.title)}</span>
      </nav>
      <h1 className="text-27">{t('next', { title: say(newest.title), version: newest.version + 1 })}</h1>
      <p className="mt-1 max-w-[66ch] text-ink-2">{t('nextText', { version: newest.version })}</p>
      <div className="sticky top-0 z-10 mt-4 flex flex-wrap items-center gap-3 border-b border-line bg-bg py-3">
        <ToggleGroup<View>
          label={t('view.label')}
          value={view}
          onChange={setView}
          choices={(['write', 'preview', 'changes'] as const).map((value) => ({
            value,
            label: value === 'changes' ? t('view.changes', { count: changes.length }) : t(`view.${value}`),
          }))}
        />
        <span className="text-14 text-ink-3" role="status">
          {isKept ? (revision === 0 ? t('untouched') : t('isSaved')) : t('isNotSaved')}
        </span>
        <span className="ml-auto flex flex-wrap gap-3">
          {revision > 0 ? (
            <Button look="quiet" onClick={() => setAsks('discard')}>
              {t('discard')}
            </Button>
          ) : null}
          <Button
            busy={busy}
            aria-disabled={isKept || !problems.success || undefined}
            onClick={() => {
              if (!isKept && problems.success) void submit();
            }}
          >
            {t('save')}
          </Button>
          <Button
            look="main"
            aria-disabled={!isKept || revision === 0 || changes.length === 0 || undefined}
            onClick={() => {
              if (isKept && revision > 0 && changes.length > 0) setAsks('publish');
            }}
          >
            {t('publish')}
          </Button>
        </span>
      </div>
      <div className="mt-3 grid gap-3">
        <FormProblem error={error} />
        {problems.success ? null : <p className="text-14 text-warn">{t('incomplete')}</p>}
      </div>
      {view === 'write' ? <ContentEditor content={content} onChange={setContent} /> : null}
      {view === 'preview' ? (
        <article className="mt-6 max-w-[46rem]">
          <h2 className="text-27">{say(content.title)}</h2>
          <p className="mt-2 text-18 text-ink-2">{say(content.summary)}</p>
          <PolicyText content={content} />
        </article>
      ) : null}
      {view === 'changes' ? (
        <div className="mt-6">
          <PolicyChanges before={newest} after={content} />
        </div>
      ) : null}
      {asks === 'publish' ? (
        <PublishDialog
          newest={newest}
          content={content}
          revision={revision}
          onClose={() => setAsks(null)}
          onDone={(version) => {
            showToast(t('published', { version }));
            void navigate({
              to: '/policies/$policyId/$version',
              params: { policyId: newest.id, version: String(version) },
            });
          }}
        />
      ) : null}
      <ConfirmDialog
        open={asks === 'discard'}
        onOpenChange={(open) => {
          if (!open) setAsks(null);
        }}
        title={t('discardTitle')}
        description={t('discardText', { version: newest.version })}
        act={t('discard')}
        dangerous
        problem={textOf}
        onConfirm={async () => {
          await discardPolicyDraft(newest.id);
          void navigate({ to: '/admin/policies' });
        }}
      />
    </>
  );
}
