import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

const wall = 1_800_000_000_000;

describe('one clock for sound and picture', () => {
  it('places sound by the sender reports, however late it arrives', () => {
    const timeline = new Timeline(['video', 'audio'], 1_500);
    const video = timeline.arrived('video', 900_000, 0);
    const audio = timeline.arrived('audio', 480_000, 250);
    expect(timeline.ready(300)).toBe(false);
    timeline.senderReport('video', wall, 900_000);
    // The sound packet was captured 100 ms after the picture.
    timeline.senderReport('audio', wall, 480_000 - 4_800);
    expect(timeline.ready(301)).toBe(true);
    timeline.anchor('video', video, 5_000);
    expect(timeline.ticks('video', video)).toBe(450_000);
    expect(timeline.ticks('audio', audio)).toBe(5_100 * 48);
  });

  it('takes arrival times when reports do not come', () => {
    const timeline = new Timeline(['video', 'audio'], 1_500);
    const video = timeline.arrived('video', 1_000, 100);
    const audio = timeline.arrived('audio', 77_000, 140);
    expect(timeline.ready(1_000)).toBe(false);
    expect(timeline.ready(1_700)).toBe(true);
    timeline.anchor('video', video, 0);
    expect(timeline.ticks('video', video)).toBe(0);
    expect(timeline.ticks('audio', audio)).toBe(40 * 48);
  });

  it('does not wait for ever for a track that sends nothing', () => {
    const timeline = new Timeline(['video', 'audio'], 1_500);
    timeline.arrived('video', 1_000, 0);
    timeline.senderReport('video', wall, 1_000);
    expect(timeline.ready(1_000)).toBe(false);
    expect(timeline.ready(1_600)).toBe(true);
    expect(timeline.has('audio')).toBe(false);
  });

  it('works off a drift of the sound so slowly that nobody hears it', () => {
    const timeline = new Timeline(['video', 'audio'], 1_500);
    timeline.arrived('video', 0, 0);
    timeline.arrived('audio', 0, 0);
    timeline.senderReport('video', wall, 0);
    timeline.senderReport('audio', wall, 0);
    timeline.anchor('video', 0, 0);
    let last = 0;
    for (let second = 1; second <= 10; second += 1) {
      // The sound card is 20 ms late from now on.
      timeline.senderReport('video', wall + second * 1000, second * 90_000);
      timeline.senderReport('audio', wall + second * 1000, second * 48_000 - 960);
      for (let packet = 0; packet < 50; packet += 1) {
        timeline.workOffDrift();
        const late = timeline.ticks('audio', 0);
        expect(Math.abs(late - last)).toBeLessThanOrEqual(5);
        last = late;
      }
    }
    expect(last / 48).toBe(20);
  });

  it('puts right what arrival times had wrong when the reports come', () => {
    const timeline = new Timeline(['video', 'audio'], 1_500);
    timeline.arrived('video', 0, 0);
    // Captured with the picture, and 60 ms longer on the way.
    timeline.arrived('audio', 0, 60);
    timeline.anchor('video', 0, 0);
    expect(timeline.ticks('audio', 0)).toBe(60 * 48);
    timeline.senderReport('video', wall, 0);
    timeline.senderReport('audio', wall, 0);
    for (let packet = 0; packet < 1_000; packet += 1) timeline.workOffDrift();
    expect(timeline.ticks('audio', 0)).toBe(0);
  });
});
