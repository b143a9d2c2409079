import { z } from 'zod';
import { REPEATED } from '../../lib/config/vocabulary.ts';
import type { Path } from '../../lib/finding/finding.ts';
import { checksOf, definitionOf } from './from-schema.ts';

/** A value of the right sort that its schema's checks refuse. */
export type WrongValue = Readonly<{
  name: string;
  wrong: unknown;
  /** `config/value` where nothing is said */
  code?: string;
  /** the finding is not of the value itself, but of what stands there in it */
  within?: Path;
}>;

/** Texts that patterns have something against, the plainest first. */
const ODD = ['', ' ', 'qq qq', 'Q!q', 'qq\u0000qq', '-', '..', '\n', 'q'.repeat(5000), 'q'.repeat(100_001)];

const known = new WeakMap<z.ZodType, readonly WrongValue[]>();

/** A value just below the least, just above the most, of another form, too short, too long, with a repetition: what the schema says. */
export function wrongValuesOf(declared: z.ZodType, value: unknown): readonly WrongValue[] {
  const { type } = definitionOf(declared);
  if (type === 'array' && Array.isArray(value)) return wrongLists(declared, value);
  const found = known.get(declared) ?? (type === 'number' ? wrongNumbers(declared) : wrongTexts(declared));
  known.set(declared, found);
  return found;
}

function wrongNumbers(declared: z.ZodType): WrongValue[] {
  const { minValue, maxValue } = declared as z.ZodNumber;
  const candidates = [
    { name: 'a number below the least', wrong: (minValue ?? 0) - 1 },
    { name: 'a number above the most', wrong: (maxValue ?? 0) + 1 },
    { name: 'a broken number', wrong: (minValue ?? 0) + 0.5 },
  ];
  return candidates.filter(({ wrong }) => Number.isFinite(wrong) && refuses(declared, wrong));
}

function wrongTexts(declared: z.ZodType): WrongValue[] {
  if (definitionOf(declared).type !== 'string') return [];
  // A name of something is looked up as well.
  if (z.globalRegistry.get(declared)?.['x-reference'] !== undefined) return [];
  const odd = ODD.filter((text) => refuses(declared, text)).slice(0, 2);
  const most = checksOf(declared).find(({ maximum }) => maximum !== undefined)?.maximum;
  const long = most === undefined ? [] : ['q'.repeat(most + 1)].filter((text) => refuses(declared, text));
  return [
    ...odd.map((wrong) => ({ name: 'a text that cannot be', wrong })),
    ...long.map((wrong) => ({ name: 'a text that is too long', wrong })),
  ];
}

/** So many items are still quickly made. */
const MOST_ITEMS = 1001;

function wrongLists(declared: z.ZodType, value: readonly unknown[]): WrongValue[] {
  const checks = checksOf(declared);
  const most = checks.find(({ maximum }) => maximum !== undefined)?.maximum ?? MOST_ITEMS;
  const [first] = value;
  const twice = [...value, first];
  const isSet = value.length > 0 && issuesOf(declared, twice).some(({ message }) => message === REPEATED);
  return [
    ...(refuses(declared, []) ? [{ name: 'an empty list', wrong: [] }] : []),
    ...(isSet ? [{ name: 'a repetition', wrong: twice, code: 'config/repeated', within: [value.length] }] : []),
    ...(!isSet && first !== undefined && most < MOST_ITEMS
      ? [{ name: 'a list that is too long', wrong: Array.from({ length: most + 1 }, () => first) }]
      : []),
  ];
}

function refuses(declared: z.ZodType, value: unknown): boolean {
  return !declared.safeParse(value).success;
}

function issuesOf(declared: z.ZodType, value: unknown): readonly z.core.$ZodIssue[] {
  return declared.safeParse(value).error?.issues ?? [];
}
