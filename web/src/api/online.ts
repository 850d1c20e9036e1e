import { useEffect, useState, useSyncExternalStore } from 'react';
import { useSocketState } from './socket.ts';

function watch(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** `device`: the machine has no network. `server`: it has, but our server has not answered for four seconds. */
export function useOutage(): 'none' | 'device' | 'server' {
  const online = useSyncExternalStore(watch, () => navigator.onLine);
  const socket = useSocketState();
  const [lostLong, setLostLong] = useState(false);
  useEffect(() => {
    if (socket !== 'lost') {
      setLostLong(false);
      return;
    }
    const timer = setTimeout(() => setLostLong(true), 4000);
    return () => clearTimeout(timer);
  }, [socket]);
  if (!online) return 'device';
  return lostLong ? 'server' : 'none';
}
