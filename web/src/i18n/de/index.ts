import { chat } from './chat.ts';
import { common } from './common.ts';
import { home } from './home.ts';
import { problems } from './problems.ts';
import { shell } from './shell.ts';
import { studio } from './studio.ts';
import { watch } from './watch.ts';

/** A new feature's words: add its file here and in the other language; the compiler and a test hold them together. */
export const words = { chat, common, home, problems, shell, studio, watch };
