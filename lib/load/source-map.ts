import { lastNotAbove } from './span.ts';

/** Where a stretch of generated text, which starts at the column `generated`, comes from. Lines and columns count from 0. */
export type Stretch = Readonly<{ generated: number; source: string; line: number; column: number }>;

/** Finds the last stretch that starts at or before a column of a line. @param map a source map, version 3 */
export function segmentAt(map: string, line: number, column: number): Stretch | undefined {
  const { sources, mappings } = JSON.parse(map) as { sources: string[]; mappings: string };
  const segments = segmentsOf(mappings)[line] ?? [];
  const starts = segments.map(([generated]) => generated);
  const segment = segments[lastNotAbove(starts, column)];
  if (!segment) return undefined;
  const [generated, source, sourceLine, sourceColumn] = segment;
  return { generated, source: sources[source] ?? '', line: sourceLine, column: sourceColumn };
}

type Segment = [generatedColumn: number, source: number, line: number, column: number];

/** Reads the mappings of a source map, version 3, into segments per line. @see ecma-426 */
function segmentsOf(mappings: string): Segment[][] {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let [source, line, column] = [0, 0, 0];
  return mappings.split(';').map((group) => {
    let generated = 0;
    const segments: Segment[] = [];
    for (const text of group === '' ? [] : group.split(',')) {
      const fields: number[] = [];
      let value = 0;
      let shift = 0;
      for (const char of text) {
        const digit = digits.indexOf(char);
        value += (digit & 31) << shift;
        shift += 5;
        if (digit & 32) continue;
        fields.push(value & 1 ? -(value >> 1) : value >> 1);
        value = shift = 0;
      }
      const [byGenerated = 0, bySource, byLine = 0, byColumn = 0] = fields;
      generated += byGenerated;
      if (bySource === undefined) continue;
      source += bySource;
      line += byLine;
      column += byColumn;
      segments.push([generated, source, line, column]);
    }
    return segments;
  });
}
