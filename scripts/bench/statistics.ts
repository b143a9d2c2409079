/** The middle one of them; between the two in the middle, where there are two. @throws Error when there is none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('there is no median of nothing');
  return (lower + upper) / 2;
}

export type Spread = Readonly<{ median: number; least: number; most: number }>;

/** @throws Error when there is none */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) };
}

export type Point = Readonly<{ size: number; value: number }>;

/**
 * Fits the exponent of `value = constant + factor · size ^ exponent`.
 *
 * The constant is taken to be the value of the smallest size: what every run costs before it does anything, which would hide the growth
 * of the rest. What is left is fitted with a straight line through logarithms. Sizes below `from` are left out, because there the
 * constant is most of what is measured, and so is a size that costs no more than the smallest.
 *
 * @returns `undefined` with fewer than two points left
 */
export function growthExponent(points: readonly Point[], from = 100): Exponent | undefined {
  const sorted = [...points].sort((a, b) => a.size - b.size);
  const [smallest, ...others] = sorted;
  if (!smallest) return undefined;
  const logarithms = others
    .filter(({ size, value }) => size >= from && value > smallest.value)
    .map(({ size, value }) => ({ x: Math.log(size), y: Math.log(value - smallest.value) }));
  const fitted = slope(logarithms);
  const last = slope(logarithms.slice(-2));
  return fitted === undefined || last === undefined ? undefined : { fitted, last };
}

/** `last`: between the two largest sizes alone. Where it is above the other, something grows faster than the rest and begins to show. */
export type Exponent = Readonly<{ fitted: number; last: number }>;

/** Of the straight line with the least squares. */
function slope(points: readonly Readonly<{ x: number; y: number }>[]): number | undefined {
  if (points.length < 2) return undefined;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const spreadOfX = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  const together = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return spreadOfX === 0 ? undefined : together / spreadOfX;
}
