import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/format.ts';
import { neighbourSides } from './proof-path.ts';

const WIDTH = 500;
const ROW = 30;
const TOP = 16;
/** More levels than this cannot be told apart. */
const MOST_LEVELS = 5;

/** The path from the entry to the signed root; the levels in the middle of a tall tree are left out. */
export function ProofTree({ index, size }: { index: number; size: number }): ReactNode {
  const { t } = useTranslation('audit');
  const { number } = useFormat();
  const sides = neighbourSides(index, size).reverse();
  const levels = Math.min(MOST_LEVELS, sides.length);
  // The highest ones as they are, and the leaf's own neighbour below them.
  const drawn = [...sides.slice(0, levels - 1), ...sides.slice(-1)].slice(0, levels);
  const path = [0];
  for (const side of drawn) path.push((path.at(-1) ?? 0) * 2 + (side === 'left' ? 1 : 0));
  const x = (level: number, at: number) => ((at + 0.5) * WIDTH) / 2 ** level;
  const y = (level: number) => TOP + ROW * level;
  const foot = y(levels);
  const leafX = x(levels, path.at(-1) ?? 0);
  const label = leafX > WIDTH - 60 ? 'end' : leafX < 60 ? 'start' : 'middle';
  const nodes = Array.from({ length: levels }, (_, level) =>
    Array.from({ length: 2 ** level }, (_, at) => ({ level, at })),
  ).flat();
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${foot + 56}`}
      role="img"
      aria-label={t('tree.label', { entry: number(index), neighbours: sides.length })}
      className="h-auto w-full overflow-visible [&_text]:font-mono [&_text]:text-[0.8125rem] [&_text]:fill-ink-2"
    >
      <g stroke="var(--line)" strokeWidth={1.25}>
        {nodes.flatMap(({ level, at }) =>
          [at * 2, at * 2 + 1].map((child) => (
            <path key={`${level}.${child}`} d={`M${x(level, at)} ${y(level)}L${x(level + 1, child)} ${y(level + 1)}`} />
          )),
        )}
      </g>
      {Array.from({ length: 2 ** levels }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the leaves are their places
        <circle key={at} cx={x(levels, at)} cy={foot} r={2} fill="var(--line-strong)" />
      ))}
      <g stroke="var(--ink)" strokeWidth={2.5}>
        {path.slice(1).map((at, level) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one piece of the path a level
          <path key={level} d={`M${x(level, path[level] ?? 0)} ${y(level)}L${x(level + 1, at)} ${y(level + 1)}`} />
        ))}
      </g>
      {path.slice(1).map((at, level) => {
        const given = at % 2 === 0 ? at + 1 : at - 1;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: one neighbour a level
          <g key={level}>
            <rect
              x={x(level + 1, given) - 5}
              y={y(level + 1) - 5}
              width={10}
              height={10}
              fill="var(--surface-1)"
              stroke="var(--tone)"
              strokeWidth={2}
            />
            <circle cx={x(level + 1, at)} cy={y(level + 1)} r={4.5} fill="var(--ink)" />
          </g>
        );
      })}
      <circle cx={WIDTH / 2} cy={TOP} r={7} fill="var(--good)" />
      <text x={WIDTH / 2 + 14} y={TOP - 4} className="fill-ink! font-[700]">
        {t('tree.root')}
      </text>
      <text x={leafX} y={foot + 22} textAnchor={label} className="fill-ink! font-[700]">
        {number(index)}
      </text>
      <rect x={2} y={foot + 38} width={10} height={10} fill="none" stroke="var(--tone)" strokeWidth={2} />
      <text x={19} y={foot + 48}>
        {t('tree.given')}
      </text>
      <circle cx={132} cy={foot + 43} r={4.5} fill="var(--ink)" />
      <text x={144} y={foot + 48}>
        {t('tree.computed')}
      </text>
    </svg>
  );
}
