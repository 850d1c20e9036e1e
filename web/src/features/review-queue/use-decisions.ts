/** Deciding, and taking back within ten seconds: one decision or several at once. */
import { type desk, review } from '@virgil/contract';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Decision, decide, decideSeveral, undo } from '../../api/desk.ts';
import { asProblem } from '../../api/problem.ts';
import { useProblemText } from '../../ui/problem-text.ts';
import { showToast } from '../../ui/toast.tsx';
import type { Undoable } from './undo-bar.tsx';

export interface Decisions {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly undoable: Undoable | null;
  /** True when it was carried out. */
  carryOut(item: desk.ReviewItem, decision: Decision): Promise<boolean>;
  /** Takes back what can be; gives the item to go back to. */
  takeBack(): Promise<string | null>;
  carriedOut(ids: readonly string[]): void;
  forget(): void;
  clearProblem(): void;
}

const UNDO_MS = review.UNDO_SECONDS * 1000;

export function useDecisions(): Decisions {
  const { t } = useTranslation('queue');
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [undoable, setUndoable] = useState<Undoable | null>(null);

  const words = (item: desk.ReviewItem, decision: Decision): string => {
    const name = item.author.displayName;
    if (decision.act === 'timeout') return t('did.timeout', { name, minutes: decision.minutes });
    return t(`did.${decision.act === 'punish' ? decision.type : decision.act}`, { name });
  };

  return {
    busy,
    problem,
    undoable,
    async carryOut(item, decision) {
      setBusy(true);
      setProblem(null);
      const sentMs = Date.now();
      try {
        const made = await decide(item.id, decision);
        setUndoable(
          made.undoableUntil === null
            ? null
            : { itemIds: [item.id], text: words(item, decision), untilMs: sentMs + UNDO_MS },
        );
        return true;
      } catch (error) {
        const { code, detail } = asProblem(error);
        setProblem(code === 'already_decided' && detail ? detail : textOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
    async takeBack() {
      if (undoable === null || busy) return null;
      setBusy(true);
      try {
        const [only, ...more] = undoable.itemIds;
        if (only !== undefined && more.length === 0) await undo(only);
        else await decideSeveral(undoable.itemIds, { decision: 'undo' });
        setUndoable(null);
        return more.length === 0 ? (only ?? null) : null;
      } catch (error) {
        setUndoable(null);
        showToast(asProblem(error).code === 'already_decided' ? t('undoOver') : textOf(error), { tone: 'bad' });
        return null;
      } finally {
        setBusy(false);
      }
    },
    carriedOut(ids) {
      setUndoable({ itemIds: ids, text: t('bulk.carriedOut', { count: ids.length }), untilMs: Date.now() + UNDO_MS });
    },
    forget: useCallback(() => setUndoable(null), []),
    clearProblem: useCallback(() => setProblem(null), []),
  };
}
