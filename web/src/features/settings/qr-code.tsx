import { type ReactNode, useEffect, useState } from 'react';

/** Dark modules as one path: no data address, no canvas. The encoder is fetched when it is needed. */
async function pathOf(text: string): Promise<{ path: string; size: number }> {
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { path, size: modules.size };
}

export function QrCode({ text, label }: { text: string; label: string }): ReactNode {
  const [drawn, setDrawn] = useState<{ path: string; size: number } | null>(null);
  useEffect(() => {
    let current = true;
    void pathOf(text).then((made) => current && setDrawn(made));
    return () => {
      current = false;
    };
  }, [text]);
  // Scanners want dark on light and a quiet zone, whatever the theme.
  const quiet = 3;
  return (
    <div className="size-44 flex-none bg-[oklch(1_0_0)]">
      {drawn ? (
        <svg
          role="img"
          aria-label={label}
          viewBox={`${-quiet} ${-quiet} ${drawn.size + 2 * quiet} ${drawn.size + 2 * quiet}`}
          shapeRendering="crispEdges"
        >
          <path d={drawn.path} fill="oklch(0.16 0.01 165)" />
        </svg>
      ) : null}
    </div>
  );
}
