import type { ChannelId, StreamId } from '@virgil/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { sdpOffer } from '../../../test/kit/sdp-offers.ts';
import { FakeMediaEngine } from '../../media/fake/index.ts';
import { ActiveStreams } from './active-streams.ts';

const id = 's' as StreamId;
const channelId = 'c' as ChannelId;
const stream = { id, channelId, patronOnly: false, record: false, mediaState: 'waiting', mediaMs: 0 } as const;

describe('a new stream key', () => {
  let engine: FakeMediaEngine;
  let active: ActiveStreams;
  beforeEach(async () => {
    engine = new FakeMediaEngine();
    active = new ActiveStreams(engine);
    await active.open({ ...stream, streamKey: 'old' });
  });

  test('replaces the old one for good, also when the room is opened again', async () => {
    await active.changeKey(channelId, 'new');
    const remembered = active.get(id);
    if (remembered === null) throw new Error('forgotten');
    await active.open(remembered);
    expect(engine.stage.publishByRtmp('old')).toBe(false);
    expect(engine.stage.publishByRtmp('new')).toBe(true);
  });

  test('puts out whoever published with the old one, and nobody of another channel', async () => {
    const other = 'other' as StreamId;
    await active.open({ ...stream, id: other, channelId: 'd' as ChannelId, streamKey: 'theirs' });
    expect(engine.stage.publishByRtmp('old')).toBe(true);
    await engine.publish(other, sdpOffer());
    await active.changeKey(channelId, 'new');
    expect((await engine.stats(id)).state).toBe('interrupted');
    expect((await engine.stats(other)).state).toBe('live');
    expect(engine.stage.publishByRtmp('new')).toBe(true);
    expect((await engine.stats(id)).state).toBe('live');
  });
});
