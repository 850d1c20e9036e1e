import { describe, expect, it } from 'vitest';
import { asReachedHere, onOwnOrigin } from './own-origin.ts';

describe('addresses of this server', () => {
  it('are reached where the page came from, with path and token kept', () => {
    expect(onOwnOrigin('http://localhost:3000/whep/s1?token=t', 'http://127.0.0.1:3000/watch/s1')).toBe(
      'http://127.0.0.1:3000/whep/s1?token=t',
    );
  });
  it('are shown with the name the page was reached by, when the server only knows itself as localhost', () => {
    expect(asReachedHere('rtmp://localhost:1935/live', 'http://192.168.1.7:3000/studio')).toBe(
      'rtmp://192.168.1.7:1935/live',
    );
    expect(asReachedHere('http://localhost:3000/whip', 'http://192.168.1.7:3000/studio')).toBe(
      'http://192.168.1.7:3000/whip',
    );
  });
  it('stay as they are when the server has a name of its own, or the page is on the same machine', () => {
    expect(asReachedHere('https://live.example/whip', 'http://192.168.1.7:3000/')).toBe('https://live.example/whip');
    expect(asReachedHere('http://localhost:3000/whip', 'http://127.0.0.1:3000/')).toBe('http://localhost:3000/whip');
  });
});
