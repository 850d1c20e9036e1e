import { common } from './common.ts';
import { home } from './home.ts';
import { problems } from './problems.ts';
import { shell } from './shell.ts';

/** A new feature's words: add its file here and in the other language; the compiler and a test hold them together. */
export const words = { common, home, problems, shell };
