import type { Delivery, Derivation, Origin, Part, Problem, ProblemKind, Step } from '../derivation.ts';
import { clip, property } from './failing.ts';
import { type Composed, isContainer, type Known, known } from './noting.ts';

/** Part of the prelude: reads what was exported, as far as it is JSON, without running any code of the configuration. */

export type Limits = { depth: number; characters: number; text: number; key: number; problems: number };

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { ownKeys } = Reflect;
const { isArray } = Array;
const { isInteger } = Number;
const { isWellFormed } = String.prototype as unknown as { isWellFormed(this: string): boolean };

const prototypeNames = new Map<unknown, string>([
  [Map.prototype, 'a Map'],
  [Set.prototype, 'a Set'],
  [WeakMap.prototype, 'a WeakMap'],
  [WeakSet.prototype, 'a WeakSet'],
  [RegExp.prototype, 'a regular expression'],
  [Promise.prototype, 'a promise'],
  [ArrayBuffer.prototype, 'an ArrayBuffer'],
  [String.prototype, 'a String object'],
  [Number.prototype, 'a Number object'],
  [Boolean.prototype, 'a Boolean object'],
  [Math, 'Math'],
]);

function inWords(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'undefined';
    case 'bigint':
      return `the bigint ${String(value).slice(0, 40)}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'string':
      return 'a string';
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return `${value}`;
  }
  if (value === null) return 'null';
  if (isArray(value) && getPrototypeOf(value) === Array.prototype) return 'a list';
  const prototype = getPrototypeOf(value);
  const name = prototypeNames.get(prototype);
  if (name !== undefined) return name;
  const maker = isContainer(prototype) ? getOwnPropertyDescriptor(prototype, 'constructor')?.value : undefined;
  const className = typeof maker === 'function' ? clip(property(maker, 'name')).slice(0, 80) : '';
  return className === '' ? 'an object with a prototype' : `an instance of \`${className}\``;
}

function isPlain(value: object): boolean {
  const prototype = getPrototypeOf(value);
  return isArray(value) ? prototype === Array.prototype : prototype === Object.prototype || prototype === null;
}

export function read(root: unknown, { depth, characters, text, key, problems: most }: Limits): Delivery {
  // The way down to where reading is, as three lists: a step for each value would take as long as all the rest.
  const names: (string | number | null)[] = [];
  const containers: object[] = [];
  const found: Origin[] = [];
  const problems: Problem[] = [];
  const origins: Origin[] = [];
  const queue: Composed[] = [];
  const indices = new Map<Composed, number>();
  const stop = {};
  let size = 0;

  function originOf(record: Known): Origin {
    if (typeof record !== 'object') return record ?? -1;
    let index = indices.get(record);
    if (index === undefined) {
      index = queue.length;
      indices.set(record, index);
      queue.push(record);
    }
    return -2 - index;
  }
  const lengthOf = (value: unknown): number => (isArray(value) ? value.length : -1);

  function report(
    name: Step[0],
    value: unknown,
    kind: ProblemKind,
    what: string,
    part: 'key' | 'value' = 'value',
  ): void {
    const steps: Step[] = containers.map((container, at) => [
      names[at] ?? null,
      found[at] ?? -1,
      lengthOf(container),
      undefined,
    ]);
    if (isContainer(value)) steps.push([name, originOf(known.get(value)), lengthOf(value), undefined]);
    else steps.push([name, -1, -1, constantOf(value)]);
    problems.push({ kind, what, part, steps });
    if (problems.length >= most) throw stop;
  }

  function constantOf(value: unknown): Step[3] {
    if (typeof value === 'string') return value.slice(0, 1000);
    return typeof value === 'boolean' || value === null ? value : undefined;
  }

  /** Reads a value at a key, and what is in it. Calls little for plain text and numbers: most of a configuration is that. */
  function visit(name: Step[0], value: unknown): void {
    if (typeof value === 'string') {
      size += value.length + 2;
      if (value.length > text) report(name, value, 'too-long', `${value.length}`);
      else if (!isWellFormed.call(value)) report(name, value, 'lone-surrogate', '');
    } else if (typeof value === 'object') {
      size += 4;
      if (value !== null) visitContainer(name, value);
    } else if (typeof value === 'number') {
      size += 4;
      if (value - value !== 0) report(name, value, 'not-a-number', `${value}`);
    } else if (typeof value === 'boolean') size += 4;
    else if (value === undefined) report(name, value, 'undefined-element', 'undefined');
    else report(name, value, 'not-data', inWords(value));
    if (size > characters) {
      report(name, value, 'too-large', '');
      throw stop;
    }
  }

  function visitContainer(name: Step[0], value: object): void {
    if (containers.includes(value)) report(name, value, 'cycle', '');
    else if (!isPlain(value)) report(name, value, 'not-data', inWords(value));
    else if (containers.length >= depth) report(name, value, 'too-deep', '');
    else {
      const origin = originOf(known.get(value));
      origins.push(origin);
      names.push(name);
      containers.push(value);
      found.push(origin);
      if (isArray(value)) visitElements(value);
      else visitProperties(value);
      names.pop();
      containers.pop();
      found.pop();
    }
  }

  function visitElements(value: unknown[]): void {
    const keys = ownKeys(value);
    // The keys of a list: its indices in order, then `length`. A sparse list has fewer, one with names more.
    for (let index = 0, at = 0; index < value.length; index++) {
      const key = keys[at];
      if (key === `${index}`) {
        visitDescribed(index, getOwnPropertyDescriptor(value, key));
        at++;
        continue;
      }
      report(index, undefined, 'undefined-element', 'a hole');
      // One finding for each run of holes: a sparse list can claim four thousand million of them.
      index = typeof key === 'string' && isInteger(+key) ? +key - 1 : value.length;
    }
    for (let at = keys.length - 1; at >= 0; at--) {
      const name = keys[at];
      if (name === 'length' || name === undefined) continue;
      if (typeof name === 'string' && isInteger(+name)) break;
      report(String(name), undefined, 'not-data', 'a key of a list', 'key');
    }
  }

  function visitProperties(value: object): void {
    for (const name of ownKeys(value)) {
      if (typeof name === 'symbol') report(String(name), undefined, 'not-data', 'a symbol as a key', 'key');
      else if (name === '__proto__') report(name, undefined, 'forbidden-key', '', 'key');
      else if (name.length > key) report(name.slice(0, 80), undefined, 'too-long', `${name.length}`, 'key');
      else if (!isWellFormed.call(name)) report(name, undefined, 'lone-surrogate', '', 'key');
      else {
        size += name.length + 4;
        visitDescribed(name, getOwnPropertyDescriptor(value, name));
      }
    }
  }

  function visitDescribed(name: string | number, descriptor: PropertyDescriptor | undefined): void {
    if (descriptor === undefined) return;
    const { value, enumerable } = descriptor;
    if (value === undefined && !('value' in descriptor)) report(name, undefined, 'not-data', 'a getter');
    else if (enumerable !== true) report(name, value, 'not-data', 'a hidden property');
    else if (value !== undefined || typeof name === 'number') visit(name, value);
  }

  try {
    if (isContainer(root) && !isArray(root) && isPlain(root)) visit(null, root);
    else report(null, root, 'not-an-object', inWords(root));
  } catch (error) {
    if (error !== stop) throw error;
  }

  const derivations: Derivation[] = [];
  for (let index = 0; index < queue.length; index++) {
    const record = queue[index];
    if (record !== undefined) derivations.push(resolved(record));
  }

  function resolved(record: Composed): Derivation {
    switch (record[0]) {
      case 'literal':
        return ['literal', record[1], record[2], record[3].map(partOf)];
      case 'assigned':
        return ['assigned', originOf(record[1]), [...record[2]]];
      case 'merged':
        return ['merged', originOf(record[1]), record[2].map(originOf)];
      case 'entries':
        return ['entries', [...record[1]].map(([name, entry]) => [name, originOf(entry)] as const)];
      case 'entry':
        return ['entry', originOf(record[1]), record[2]];
    }
  }
  function partOf(part: string | null | [Known, number]): Part {
    return isArray(part) ? [originOf(part[0]), part[1]] : part;
  }

  return {
    value: problems.length > 0 ? null : root,
    origins: problems.length > 0 ? [] : origins,
    derivations,
    problems,
  };
}
