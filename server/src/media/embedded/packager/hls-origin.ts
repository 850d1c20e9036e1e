/** Answers HLS requests from the live window, and holds those that ask for what is about to come (RFC 8216bis, 6.2.5.2). */
import type { Rendition } from './live-parts.ts';
import type { LiveWindow } from './live-window.ts';
import { type FileRequest, mediaPlaylist, multivariantPlaylist } from './playlists.ts';

export interface HlsReply {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  readonly maxAgeSeconds: number;
  readonly body: Buffer;
}

const playlistType = 'application/vnd.apple.mpegurl';
const mediaType = 'video/mp4';
/** A player that comes with the first frame waits for two segments. */
const firstRequestMs = 7_000;
const reloadMs = 6_000;
/** How far the hinted part may be away. */
const partMs = 3_000;
const immutableSeconds = 3_600;

export class HlsOrigin {
  readonly #window: LiveWindow;

  constructor(window: LiveWindow) {
    this.#window = window;
  }

  async answer(file: FileRequest, msn: number | undefined, part: number | undefined): Promise<HlsReply> {
    switch (file.kind) {
      case 'index':
        if (!(await this.#playable())) return notYet;
        return playlist(multivariantPlaylist(this.#window.listed().segments));
      case 'playlist':
        return this.#mediaPlaylist(file.rendition, msn, part);
      case 'init':
        return media(this.#window.initOf(file.number, file.rendition));
      case 'segment':
        return media(this.#window.segmentBytes(file.number, file.rendition));
      case 'part':
        return this.#part(file.number, file.rendition);
    }
  }

  async #mediaPlaylist(rendition: Rendition, msn: number | undefined, part: number | undefined): Promise<HlsReply> {
    if (msn === undefined && part !== undefined) return failure(400, '_HLS_part needs _HLS_msn.');
    if (!(await this.#playable())) return notYet;
    if (rendition === 'aac' && this.#window.segments.at(-1)?.configuration.aac == null) return unknown;
    if (msn !== undefined) {
      if (this.#window.has(msn, part) === 'too-far') return failure(400, 'This part is too far ahead.');
      // When nothing comes, because the publisher is away, the unchanged list keeps the player alive until it is back.
      await this.#until(() => this.#window.has(msn, part) !== 'not-yet', reloadMs);
    }
    return playlist(mediaPlaylist(this.#window.listed(), rendition));
  }

  async #part(number: number, rendition: Rendition): Promise<HlsReply> {
    if (number > this.#window.nextPart) return unknown;
    await this.#until(() => number < this.#window.nextPart, partMs);
    return media(this.#window.partBytes(number, rendition));
  }

  #playable(): Promise<boolean> {
    return this.#until(() => this.#window.isPlayable, firstRequestMs);
  }

  async #until(condition: () => boolean, ms: number): Promise<boolean> {
    const deadline = performance.now() + ms;
    while (!condition()) {
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await this.#window.changed(left);
    }
    return true;
  }
}

function playlist(text: string): HlsReply {
  return { status: 200, contentType: playlistType, maxAgeSeconds: 0, body: Buffer.from(text) };
}

function media(body: Buffer | null): HlsReply {
  return body === null ? unknown : { status: 200, contentType: mediaType, maxAgeSeconds: immutableSeconds, body };
}

function failure(status: 400 | 404 | 503, text: string): HlsReply {
  return { status, contentType: 'text/plain; charset=utf-8', maxAgeSeconds: 0, body: Buffer.from(text) };
}

const unknown = failure(404, 'There is no such file.');
const notYet = failure(503, 'The stream has not begun yet. Try again in a second.');
