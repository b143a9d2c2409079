import { followed } from './noting.ts';

/**
 * Part of the prelude: takes away what is not deterministic or makes code of text, and freezes what is left, so that nothing a configuration
 * does can fool what reads its value afterwards.
 */

const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { ownKeys } = Reflect;

/** Errors of what was taken away, with its name. */
export const forbidden = new WeakMap<object, string>();
/** All that is built in. */
export const frozen = new Set<unknown>();

// Taking away

function forbid(name: string): () => never {
  // Not an arrow function: `new` must come as far as the error.
  return function unavailable(): never {
    const error = new TypeError(`${name} is not available`);
    forbidden.set(error, name);
    throw error;
  };
}
function replace(owner: object, name: string, value: unknown): void {
  defineProperty(owner, name, { value, writable: true, enumerable: false, configurable: true });
}
replace(Object, 'assign', followed.assign);
replace(Object, 'entries', followed.entries);
replace(Object, 'fromEntries', followed.fromEntries);
replace(Math, 'random', forbid('Math.random'));
replace(globalThis, 'eval', forbid('eval'));
const functions = [() => {}, function* () {}, async () => {}, async function* () {}];
for (const sample of functions) {
  const prototype = getPrototypeOf(sample);
  const stub = forbid('new Function');
  defineProperty(stub, 'prototype', { value: prototype });
  replace(prototype, 'constructor', stub);
}
// What the bundle has in place of `require`, else `undefined`
defineProperty(globalThis, 'require', { get: forbid('require') });
replace(globalThis, 'Function', Function.prototype.constructor);
// The source text of a function is the instrumented one: nothing a configuration should depend on.
replace(Function.prototype, 'toString', () => 'function');
for (const name of [
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
  'performance',
  'console',
  'gc',
]) {
  Reflect.deleteProperty(globalThis, name);
}

// Freezing

/** Lets an object have its own `name` where its frozen prototype has one: plain data there would refuse the assignment. */
function allowOverride(prototype: object, name: PropertyKey): void {
  const descriptor = getOwnPropertyDescriptor(prototype, name);
  if (descriptor === undefined || !('value' in descriptor)) return;
  const { value } = descriptor;
  defineProperty(prototype, name, {
    get: () => value,
    set(own: unknown) {
      if (this === prototype) throw new TypeError(`'${String(name)}' of a built-in cannot be changed`);
      defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
    },
  });
}
for (const name of ownKeys(Object.prototype)) allowOverride(Object.prototype, name);
const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
for (const { prototype } of errors) {
  for (const name of ['name', 'message', 'toString']) allowOverride(prototype, name);
}

// Newer than the library that types are checked against
const iteratorHelper = (new Set().values() as unknown as { map?(f: unknown): unknown }).map?.(String);
const waiting: unknown[] = [globalThis, ...functions, ''[Symbol.iterator](), [].values(), new Map().entries()];
waiting.push(new Set().values(), ''.matchAll(/a/g), functions[1]?.(), functions[3]?.(), iteratorHelper);
for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) continue;
  frozen.add(value);
  for (const name of ownKeys(value)) {
    const descriptor = getOwnPropertyDescriptor(value, name);
    waiting.push(descriptor?.value, descriptor?.get, descriptor?.set);
  }
  waiting.push(getPrototypeOf(value));
  freeze(value);
}
