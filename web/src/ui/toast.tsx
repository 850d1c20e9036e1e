/** Short confirmations, with undo where there is one. Never for what needs a decision. */
import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button.tsx';

interface ToastEntry {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  readonly undo: (() => void) | undefined;
}

let entries: readonly ToastEntry[] = [];
let nextId = 1;
const watchers = new Set<() => void>();

function change(next: readonly ToastEntry[]): void {
  entries = next;
  for (const watcher of watchers) watcher();
}

export function showToast(text: string, options: { tone?: 'plain' | 'bad'; undo?: () => void } = {}): void {
  const entry: ToastEntry = { id: nextId++, text, tone: options.tone ?? 'plain', undo: options.undo };
  change([...entries.slice(-2), entry]);
}

function drop(id: number): void {
  change(entries.filter((entry) => entry.id !== id));
}

export function Toaster(): ReactNode {
  const { t } = useTranslation('common');
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => entries,
  );
  return (
    <Radix.Provider label={t('toast.label')} swipeDirection="right">
      {shown.map((entry) => (
        <Radix.Root
          key={entry.id}
          type={entry.tone === 'bad' ? 'foreground' : 'background'}
          duration={entry.undo ? 10_000 : 5000}
          onOpenChange={(open) => {
            if (!open) drop(entry.id);
          }}
          className="float enter-rise flex items-center gap-2 py-1.5 pr-1.5 pl-4"
        >
          <Radix.Description className={entry.tone === 'bad' ? 'grow py-1.5 text-bad' : 'grow py-1.5'}>
            {entry.text}
          </Radix.Description>
          {entry.undo ? (
            <Radix.Action asChild altText={t('toast.undo')}>
              <Button small onClick={entry.undo}>
                {t('toast.undo')}
              </Button>
            </Radix.Action>
          ) : null}
          <Radix.Close asChild>
            <IconButton small label={t('close')}>
              <X aria-hidden="true" size={16} strokeWidth={1.75} />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={`${t('toast.label')} ({hotkey})`}
        className="fixed right-4 bottom-4 left-4 z-(--z-toast) grid gap-2 sm:left-auto sm:w-[26rem]"
      />
    </Radix.Provider>
  );
}
