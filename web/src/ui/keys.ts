/**
 * Single keys (`/`, `?`, …). Dead while typing and while a dialog is open, and they can be switched off in the
 * settings (WCAG 2.1.4).
 */
import { useEffect, useSyncExternalStore } from 'react';

const KEY = 'virgil.keys';
const watchers = new Set<() => void>();

function enabled(): boolean {
  return localStorage.getItem(KEY) !== 'off';
}

export function setKeysEnabled(on: boolean): void {
  if (on) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, 'off');
  for (const watcher of watchers) watcher();
}

export function useKeysEnabled(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, enabled);
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** `mod+k` is Ctrl or Command; a lone key must be pressed alone. */
export function matches(binding: string, pressed: Pressed): boolean {
  const wantsMod = binding.startsWith('mod+');
  const key = wantsMod ? binding.slice(4) : binding;
  const mod = pressed.ctrlKey || pressed.metaKey;
  return pressed.key.toLowerCase() === key.toLowerCase() && mod === wantsMod && !pressed.altKey;
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null;
}

/** `handler` must be stable (useCallback) or cheap to bind again. */
export function useKey(binding: string, handler: (event: KeyboardEvent) => void, active = true): void {
  const on = useKeysEnabled();
  const lone = !binding.startsWith('mod+');
  useEffect(() => {
    if (!active || (lone && !on)) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat || !matches(binding, event)) return;
      if (lone && (isTyping(event.target) || dialogIsOpen())) return;
      event.preventDefault();
      handler(event);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [binding, handler, active, lone, on]);
}
