/**
 * Reads a CPU quantity.
 *
 * @param text `"250m"`, `"0.5"` or `"2"`, as the vocabulary allows it
 * @returns thousandths of a core: `"250m"` → 250
 */
export function millicores(text: string): number {
  return text.endsWith('m') ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Reads a memory quantity. @returns bytes: `"256Mi"` → 268435456 */
export function bytes(text: string): number {
  const [, digits = '', unit = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}
