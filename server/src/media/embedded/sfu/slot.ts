/** A publisher's place in a room: one picture and one sound that viewers have an m-line pair for. */
import type { SenderReport } from './rtcp.ts';
import { SlotTrack } from './slot-track.ts';

export class Slot {
  readonly name: string;
  readonly video = new SlotTrack('video');
  readonly audio = new SlotTrack('audio');
  /** Newest report of each track, for viewers that come between two. */
  readonly reports = new Map<'video' | 'audio', SenderReport>();

  constructor(name: string) {
    this.name = name;
  }

  track(kind: 'video' | 'audio'): SlotTrack {
    return kind === 'video' ? this.video : this.audio;
  }

  changeSource(): void {
    this.video.changeSource();
    this.audio.changeSource();
    this.reports.clear();
  }

  close(): void {
    this.video.forget();
    this.audio.forget();
  }
}
