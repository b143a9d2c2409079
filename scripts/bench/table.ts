export type Column = Readonly<{ title: string; align?: 'left' | 'right' }>;

/**
 * Lays out rows for people: columns parted by two spaces, as wide as what is in them, and a rule below the titles. A cell that is
 * missing is empty.
 *
 * @returns lines that end in a line break and never in a space
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align = 'left' }, index) => {
        const cell = cells[index] ?? '';
        const width = widths[index] ?? 0;
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].map((text) => `${text}\n`).join('');
}

/** `0.52 s`, `12.3 s`, `414 s`: three digits, as more would be noise. */
export function seconds(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return `${value.toFixed(digits)} s`;
}

/** `298 MB`, `12.9 GB` */
export function megabytes(value: number): string {
  return value < 1000 ? `${value.toFixed(0)} MB` : `${(value / 1000).toFixed(1)} GB`;
}

/** `10,000` */
export function count(value: number): string {
  return value.toLocaleString('en-GB');
}
