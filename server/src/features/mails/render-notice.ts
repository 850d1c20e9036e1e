/**
 * A notice as an e-mail, in the person's language: text, and the same as simple HTML that loads nothing from anywhere.
 * The subject names no decision: it shows on locked screens.
 */
import { type Language, letters, type notifications } from '@virgil/contract';
import { goalPath } from './goal-path.ts';

export interface MailedNotice {
  readonly id: string;
  readonly kind: string;
  readonly topic: notifications.NoticeTopic;
  readonly text: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface RenderedNotice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for every attempt, so that a letter that was sent twice is one to whoever receives it. */
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const WORDS = {
  en: {
    subject: {
      decisions: 'A decision, or news of one, waits for you',
      money: 'News of your payments',
      social: 'News from people you follow',
      account: 'News of your account',
    },
    goal: 'More about it, and what you can do:',
    inbox: 'Your inbox:',
    appeals: 'Appeals Center:',
    choose: 'Which notices come by e-mail, you choose here:',
    stop: 'Only decisions from now on:',
  },
  de: {
    subject: {
      decisions: 'Eine Entscheidung oder eine Nachricht dazu wartet auf dich',
      money: 'Neues zu deinen Zahlungen',
      social: 'Neues von Leuten, denen du folgst',
      account: 'Neues zu deinem Konto',
    },
    goal: 'Mehr dazu, und was du tun kannst:',
    inbox: 'Dein Posteingang:',
    appeals: 'Einsprüche:',
    choose: 'Welche Mitteilungen per E-Mail kommen, bestimmst du hier:',
    stop: 'Von jetzt an nur noch Entscheidungen:',
  },
} as const;

export function renderNotice(
  notice: MailedNotice,
  how: {
    readonly language: Language;
    readonly publicUrl: string;
    /** One click of it stops everything that is no decision; null for a decision. */
    readonly unsubscribe: { readonly page: string; readonly oneClick: string } | null;
  },
): RenderedNotice {
  const { language, publicUrl, unsubscribe } = how;
  const host = new URL(publicUrl).hostname;
  const german = language === 'de' ? letters.germanLetter(notice) : null;
  const words = WORDS[language];
  const letter = german ?? notice.text;
  const path = goalPath(letters.noticeGoal(notice));
  const links: (readonly [words: string, address: string])[] = [
    ...(path === '/inbox' ? [] : [[words.goal, `${publicUrl}${path}`] as const]),
    ...(notice.topic === 'decisions' && path !== '/settings/account/appeals'
      ? [[words.appeals, `${publicUrl}/settings/account/appeals`] as const]
      : []),
    [words.inbox, `${publicUrl}/inbox`],
  ];
  const foot: (readonly [words: string, address: string])[] = [
    [words.choose, `${publicUrl}/settings/mail`],
    ...(unsubscribe === null ? [] : [[words.stop, unsubscribe.page] as const]),
  ];
  return {
    subject: `${words.subject[notice.topic]} (${host})`,
    text: `${[letter, ...links.map(asText), '--', ...foot.map(asText)].join('\n\n')}\n`,
    html: htmlOf({ letter, letterLanguage: german === null ? 'en' : 'de', language, links, foot }),
    messageId: `<notice-${notice.id}@${host}>`,
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe === null
        ? {}
        : {
            'List-Unsubscribe': `<${unsubscribe.oneClick}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

const asText = ([words, address]: readonly [string, string]): string => `${words}\n${address}`;

interface Page {
  readonly letter: string;
  readonly letterLanguage: Language;
  readonly language: Language;
  readonly links: readonly (readonly [string, string])[];
  readonly foot: readonly (readonly [string, string])[];
}

function htmlOf({ foot, language, letter, letterLanguage, links }: Page): string {
  const lines = (text: string) => escaped(text).replaceAll('\n', '<br>');
  const link = ([words, address]: readonly [string, string]) =>
    `<p>${escaped(words)}<br><a href="${escaped(address)}">${escaped(address)}</a></p>`;
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Virgil</title></head>`,
    '<body style="font:16px/1.5 sans-serif;max-width:38rem;margin:0 auto;padding:1rem">',
    `<div lang="${letterLanguage}">`,
    ...letter.split('\n\n').map((paragraph) => `<p>${lines(paragraph)}</p>`),
    '</div>',
    ...links.map(link),
    '<hr><div style="font-size:14px">',
    ...foot.map(link),
    '</div></body></html>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
