import { tellParent } from '../media-child-main.ts';
import { loadAv } from './load-av.ts';

tellParent({ kind: 'ready', value: (await loadAv()) !== null });
