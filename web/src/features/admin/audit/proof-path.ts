/** The way from an entry up to the root: on which side each given neighbour stands, from the leaf's upwards. */
export type Side = 'left' | 'right';

export function neighbourSides(index: number, size: number): Side[] {
  const sides: Side[] = [];
  let at = index;
  let last = size - 1;
  while (last > 0) {
    if (at % 2 === 1) sides.push('left');
    else if (at !== last) sides.push('right');
    else {
      // The last of an odd row goes up without a neighbour until it has one.
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
      if (last > 0) sides.push('left');
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return sides;
}
