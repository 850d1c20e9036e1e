/** What the server tells a creator about their picture, as keys of our words. It says it in English, for any client. */
const NOTICES = [
  [/B-frames.*converted here/s, 'bFramesConverted'],
  [/B-frames.*not possible here/s, 'bFramesDelayed'],
  [/recording/i, 'recordingStopped'],
] as const;

export type NoticeKey = (typeof NOTICES)[number][1];

/** Null for one we do not know; it is shown as it came. */
export function noticeKey(notice: string): NoticeKey | null {
  return NOTICES.find(([pattern]) => pattern.test(notice))?.[1] ?? null;
}
