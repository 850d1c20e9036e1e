import { account } from './account.ts';
import { admin } from './admin.ts';
import { appealDesk } from './appeal-desk.ts';
import { appeals } from './appeals.ts';
import { audit } from './audit.ts';
import { channel } from './channel.ts';
import { chat } from './chat.ts';
import { classification } from './classification.ts';
import { common } from './common.ts';
import { dmca } from './dmca.ts';
import { dmcaDesk } from './dmca-desk.ts';
import { earnings } from './earnings.ts';
import { escalations } from './escalations.ts';
import { finance } from './finance.ts';
import { following } from './following.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { letters } from './letters.ts';
import { money } from './money.ts';
import { payments } from './payments.ts';
import { penalties } from './penalties.ts';
import { policies } from './policies.ts';
import { policyDesk } from './policy-desk.ts';
import { privacy } from './privacy.ts';
import { problems } from './problems.ts';
import { queue } from './queue.ts';
import { reportsDesk } from './reports-desk.ts';
import { risk } from './risk.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { standing } from './standing.ts';
import { statements } from './statements.ts';
import { studio } from './studio.ts';
import { transparency } from './transparency.ts';
import { videos } from './videos.ts';
import { watch } from './watch.ts';

/** A new feature's words: add its file here and in the other language; the compiler and a test hold them together. */
export const words = {
  account,
  admin,
  appealDesk,
  appeals,
  audit,
  channel,
  chat,
  classification,
  common,
  dmca,
  dmcaDesk,
  earnings,
  escalations,
  finance,
  following,
  home,
  inbox,
  letters,
  money,
  payments,
  penalties,
  policies,
  policyDesk,
  privacy,
  problems,
  queue,
  reportsDesk,
  risk,
  settings,
  shell,
  standing,
  statements,
  studio,
  transparency,
  videos,
  watch,
};
