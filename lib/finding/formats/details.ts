import type { Finding } from '../finding.ts';
import { MOST_ALSO } from '../print.ts';
import { documentInWords, placeInWords, severityInWords, waiverInWords } from '../words.ts';

/** Something that is said besides the message, by its name. */
export type Detail = Readonly<{ name: string; text: string }>;

/** All that a finding says besides its message and its place, in the order in which people read it; not yet fit to be shown. */
export function details(finding: Finding): Detail[] {
  const { also = [], expected, why, help, via, other, place, document, waived, instead } = finding;
  const all: [string, string | undefined][] = [
    ['waived', waived && waiverInWords(waived)],
    ...also.slice(0, MOST_ALSO).map((message): [string, string] => ['also', message]),
    ['also', also.length > MOST_ALSO ? `${also.length - MOST_ALSO} more like it` : undefined],
    ['expected', expected],
    ['why', why],
    ['help', help],
    ['rated', instead && severityInWords({ ...finding, instead })],
    ['used at', via && placeInWords(via)],
    ['and', other && placeInWords(other)],
    ['in', place && document && documentInWords(document)],
  ];
  return all.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}

/** Where a finding is: its place, else its document, else the platform. */
export function whereabouts({ place, document }: Finding): string {
  return place ? placeInWords(place) : document ? documentInWords(document) : 'platform';
}

/** A text of at most so many characters; what is left out is counted. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  // The half of a character is none.
  const kept = text.slice(0, most).replace(/\p{Cs}$/u, '');
  return `${kept} … (${text.length - kept.length} more characters)`;
}
