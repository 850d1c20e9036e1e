import { account } from './account.ts';
import { admin } from './admin.ts';
import { channel } from './channel.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { dmca } from './dmca.ts';
import { dmcaDesk } from './dmca-desk.ts';
import { earnings } from './earnings.ts';
import { finance } from './finance.ts';
import { following } from './following.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { policies } from './policies.ts';
import { privacy } from './privacy.ts';
import { problems } from './problems.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { studio } from './studio.ts';
import { videos } from './videos.ts';
import { watch } from './watch.ts';

/** A new feature's words: add its file here and in the other language; the compiler and a test hold them together. */
export const words = {
  account,
  admin,
  channel,
  chat,
  common,
  dmca,
  dmcaDesk,
  earnings,
  finance,
  following,
  home,
  inbox,
  policies,
  privacy,
  problems,
  settings,
  shell,
  studio,
  videos,
  watch,
};
