/** The open desk hears of its queue, and says which item is open here. */
import { desk, type Person } from '@virgil/contract';
import { useEffect, useRef, useState } from 'react';
import { itemChanged, queueChanged } from '../../api/desk.ts';
import { on, onConnect, send, useSocket } from '../../api/socket.ts';

const SAY_AGAIN_MS = 20_000;
/** Several changes at once are one question. */
const GATHER_MS = 150;

export type Onlookers = ReadonlyMap<string, readonly Person[]>;

export function useLiveQueue(itemId: string | undefined, active: boolean): Onlookers {
  useSocket(active);
  const [onlookers, setOnlookers] = useState<Onlookers>(new Map());
  const open = useRef(itemId);
  open.current = itemId;

  useEffect(() => {
    if (!active) return;
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(gathering);
      gathering = setTimeout(() => void queueChanged(), GATHER_MS);
    };
    const say = () => void sayOpen(open.current, setOnlookers);
    const letGo = [
      onConnect(() => {
        say();
        changed();
      }),
      on(desk.moderation, (event) => {
        if (event.type === 'looking') {
          setOnlookers((known) => new Map(known).set(event.itemId, event.people));
          return;
        }
        changed();
        if (event.itemId === open.current) void itemChanged(event.itemId);
      }),
    ];
    const again = setInterval(say, SAY_AGAIN_MS);
    return () => {
      clearInterval(again);
      clearTimeout(gathering);
      for (const stop of letGo) stop();
      void sayOpen(undefined, () => undefined);
    };
  }, [active]);

  useEffect(() => {
    if (active) void sayOpen(itemId, setOnlookers);
  }, [active, itemId]);
  return onlookers;
}

async function sayOpen(itemId: string | undefined, keep: (onlookers: Onlookers) => void): Promise<void> {
  try {
    const parsed = desk.reviewItemId.safeParse(itemId);
    const { looking } = await send(desk.watchQueue, { itemId: parsed.success ? parsed.data : null });
    keep(new Map(looking.map((each) => [each.itemId, each.people])));
  } catch {
    // Offline, or gone: the page shows either by itself, and it is said again soon.
  }
}
