/** Nothing but emotes and spaces: emoji, and `:name:` of the channel's own set. */

const EMOJI = /^(?:(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\p{M}*)[\u200d\ufe0f]*)+$/v;

export function isEmotesOnly(message: string, channelEmotes: ReadonlySet<string> = new Set()): boolean {
  const words = message.split(/\s+/).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => EMOJI.test(word) || isChannelEmote(word, channelEmotes));
}

function isChannelEmote(word: string, channelEmotes: ReadonlySet<string>): boolean {
  return word.startsWith(':') && word.endsWith(':') && channelEmotes.has(word.slice(1, -1));
}
