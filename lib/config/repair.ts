import type { z } from 'zod';
import { nearest } from '../finding/nearest.ts';
import { parseCidr } from './vocabulary.ts';

/**
 * What a person probably meant by a value: the first of a few usual corrections that one of the schemas takes.
 *
 * @returns `undefined` when none of them does
 */
export function repaired(value: unknown, schemas: readonly z.ZodType[]): unknown {
  return corrections(value, schemas).find((candidate) => schemas.some((schema) => schema.safeParse(candidate).success));
}

/** Of longer texts, nobody wants to read a correction, and making one takes time. */
const LONGEST = 200;

function corrections(value: unknown, schemas: readonly z.ZodType[]): unknown[] {
  if (typeof value === 'number') return expectsMemory(schemas) ? [] : [`${value}`];
  if (Array.isArray(value)) return value.length === 1 && typeof value[0] === 'string' ? value : [];
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) return [];
  const text = value.trim();
  const low = text.toLowerCase();
  return [
    ...nearest(value, schemas.flatMap(wordsOf)),
    ...(/^-?[0-9]+(\.[0-9]+)?$/.test(value) ? [Number(value)] : []),
    ...(value === 'true' || value === 'false' ? [value === 'true'] : []),
    text,
    // shopApi, shop_api
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/[\s_]+/g, '-')
      .toLowerCase(),
    // LOG-LEVEL
    text.replace(/[\s.-]+/g, '_'),
    // 250 m, West Europe
    text.replace(/\s+/g, ''),
    low.replace(/\s+/g, ''),
    // 512mb
    text.replace(/^([0-9.]+)\s*([kmgt])i?b?$/i, (_, count, unit) => `${count}${unit.toUpperCase()}i`),
    // https://acme.example/
    low.replace(/^[a-z]+:\/\/|[/.]+$/g, ''),
    // acme/acme-gitops
    text.split('/').at(-1),
    ...(/^[A-Z]+[0-9]/.test(text) ? [`Standard_${text}`] : []),
    // stable
    ...(/^[a-z][a-z0-9]+$/.test(text) ? [`-${text}`] : []),
    `/${text}`,
    firstOfRange(text),
    // 1.36.2, v1.36
    text.replace(/^v?([0-9]+\.[0-9]+)(\.[0-9]+)?$/, '$1'),
    // aks-acme-prod
    ...(/^[\w-]{1,20}$/.test(text) ? [low.replace(/[_-]/g, '')] : []),
    [value],
  ];
}

/** A number of bytes is a correct amount of memory, and never what somebody meant by 512. */
function expectsMemory(schemas: readonly z.ZodType[]): boolean {
  return schemas.some((schema) => schema.safeParse('1Gi').success);
}

function firstOfRange(text: string): string | undefined {
  const [, address, length] = /^([0-9.]+)\/([0-9]+)$/.exec(text) ?? [];
  const host = parseCidr(`${address}/32`);
  if (!host || Number(length) > 32) return undefined;
  const size = 2 ** (32 - Number(length));
  const first = host.first - (host.first % size);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${length}`;
}

/** The words that a schema of words takes. */
function wordsOf(schema: z.ZodType): string[] {
  const { entries = {}, values = [] } = schema.def as { entries?: Record<string, string>; values?: unknown[] };
  return [...Object.values(entries), ...values].filter((word) => typeof word === 'string');
}
