import type { Finding, Path, Place } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { either } from '../finding/words.ts';
import type { Failure, Problem } from './derivation.ts';
import type { Found } from './instrument.ts';

/** Where a finding stands, as far as it is known. */
export type At = Readonly<{ place?: Place | undefined; via?: Place | undefined }>;

function error(code: string, message: string, { place, via }: At, more: Partial<Finding> = {}): Finding {
  return { code: `load/${code}`, severity: 'error', message, ...more, ...(place && { place }), ...(via && { via }) };
}

/** Of one stage: more help nobody, and printing them takes as long as they are many. */
export const MOST_FINDINGS = 100;

/** The first of many findings. */
export function first(findings: readonly Finding[]): Finding[] {
  if (findings.length <= MOST_FINDINGS) return [...findings];
  return [...findings.slice(0, MOST_FINDINGS), error('more', `more is wrong than these ${MOST_FINDINGS} things`, {})];
}

// Files and imports

export function missingEntry(entry: string): Finding {
  return error(
    'missing-file',
    `there is no \`${entry}\` in this repository`,
    {},
    { help: `write \`${entry}\` at its root` },
  );
}
export function missingFile(specifier: string, at: At): Finding {
  return error('missing-file', `imports \`${specifier}\`, which does not exist`, at, {
    help: 'correct the path, or write the file',
  });
}
export function unreadable(file: string, why: string, at: At): Finding {
  return error('unreadable', `\`${file}\` cannot be read: ${why}`, at);
}
export function bareImport(specifier: string, at: At): Finding {
  return error('bare-import', `imports \`${specifier}\`, which is not a file of this repository`, at, {
    expected: 'a relative path to a .ts or .json file, such as `./services.ts`',
    why: 'the same source must always mean the same platform: no packages, files, network, clock or environment',
    help: `take the import away, and write down what \`${specifier}\` was to give`,
  });
}
export function outsideRepository(specifier: string, isLink: boolean, at: At): Finding {
  const how = isLink ? 'which links to a file outside of this repository' : 'which lies outside of this repository';
  return error('outside-repository', `imports \`${specifier}\`, ${how}`, at, {
    help: 'move the file into this repository',
  });
}
export function importExtension(specifier: string, nearest: string | undefined, at: At): Finding {
  return error('import-extension', `imports \`${specifier}\`, which is neither .ts nor .json`, at, {
    expected: 'a relative path that ends with .ts or .json',
    ...(nearest !== undefined && { help: `write \`${nearest}\`` }),
  });
}

// What a file says

export function syntax(message: string, at: At): Finding {
  return error('syntax', message, at);
}
/** @param found what stands where the parser gave up */
export function syntaxError(
  { message, found }: { message: string; found: string },
  { other, ...at }: At & { other: Place | undefined },
): Finding {
  const text = `${message.charAt(0).toLowerCase()}${message.slice(1).replace(/\.$/, '')}`;
  const [, expected] = /^expected (.*) but found /.exec(text) ?? [];
  // The parser has names for sorts of tokens, such as `Identifier`.
  const shown = found === '' ? 'the end of the file' : `\`${found.split('\n')[0]}\``;
  const finding = syntax(expected === undefined ? text : `expected ${expected} but found ${shown}`, at);
  const help = syntaxHelp(text, expected, found);
  return { ...finding, ...(help && { help }), ...(other && { other }) };
}
function syntaxHelp(message: string, expected: string | undefined, found: string): string | undefined {
  if (message === 'encountered diff marker')
    return 'keep one of the two sides, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`';
  if (message === 'invalid assignment in object literal') return 'write `:` instead of `=`';
  if (message === 'unterminated string') return 'close the quote on the same line';
  if (/^invalid character `[\u2018-\u201f]`$/i.test(message)) return "write straight quotes: `'`";
  if (message === 'unexpected token' && /^[)\]}]$/.test(found))
    return `take \`${found}\` away, or look above for a bracket that closes one too many`;
  if (!expected?.startsWith('`,`')) return undefined;
  if (expected.includes('`]`') && found === '}') return 'write `]`';
  if (found === '-') return 'put a name with `-` in it into quotes';
  if (found === ';') return 'write `,` instead of `;`';
  return /^[\w$'"`.]/.test(found) ? `put a \`,\` before \`${found.split('\n')[0]}\`` : undefined;
}
/** A bracket without its partner. `other`: where that was noticed. */
export function oddBracket(
  { kind, bracket }: { kind: 'unclosed' | 'surplus'; bracket: string },
  { other, ...at }: At & { other: Place },
): Finding {
  const partner = { '(': ')', '[': ']', '{': '}' }[bracket];
  const finding =
    kind === 'unclosed'
      ? error('syntax', `\`${bracket}\` is never closed, as the indentation of the lines below says`, at, {
          help: `add the missing \`${partner}\``,
        })
      : error('syntax', `\`${bracket}\` closes one bracket too many, as the indentation of the lines below says`, at, {
          help: `take \`${bracket}\` away`,
        });
  return { ...finding, other };
}
export function nestedSource(at: At): Finding {
  return error('too-deep', 'the source is nested too deeply here', at, { help: 'name inner parts with `const`' });
}
/** Where, only a parser that survives it could tell. */
export function nestedFile(file: string, at: At): Finding {
  return error('too-deep', `\`${file}\` is nested too deeply to be parsed`, at, {
    help: 'name inner parts with `const`',
  });
}
export function forbiddenKey(at: At, path?: Path): Finding {
  return error('forbidden-key', '`__proto__` is used as a key', at, {
    why: 'JavaScript takes it for the prototype of the object',
    help: 'use another name',
    ...(path && { path }),
  });
}
/** @param other of a key that is written twice: the first */
export function notAllowed(
  { kind, name = '' }: Pick<Found, 'kind' | 'name'>,
  { other, ...at }: At & { other?: Place | undefined },
): Finding {
  switch (kind) {
    case 'dynamic-import':
      return error('dynamic-import', 'the configuration uses `import()`', at, {
        help: 'write an `import` statement at the top of the file',
      });
    case 'await':
      return error('top-level-await', 'the configuration uses `await`', at, {
        why: 'there is nothing to wait for: no files, network or clock',
        help: 'remove `await`',
      });
    case 'require':
      return outside('require', at);
    case 'meta':
      return outside('import.meta', at);
    case 'proto':
      return forbiddenKey(at);
    case 'duplicate':
      return error('duplicate-key', `\`${shorten(name)}\` is written twice here`, at, {
        expected: 'each key once',
        why: 'the later one wins, and the earlier one is lost without a word',
        help: 'rename one of them, or take one away',
        ...(other && { other }),
      });
  }
}
export function noDefaultExport(entry: string, at: At): Finding {
  return error('no-default-export', `\`${entry}\` has no default export`, at, {
    help: 'write `export default definePlatform({ … })`',
  });
}

export function typeAsDefaultExport(at: At): Finding {
  return error('no-default-export', 'the default export is only a type', at, {
    expected: 'a value: types are gone when the configuration runs',
    help: 'write `export default definePlatform({ … })`',
  });
}
export function missingExport(name: string, file: string, similar: readonly string[], at: At): Finding {
  return error('missing-export', `imports \`${name}\`, which \`${file}\` does not export as a value`, at, {
    ...(similar.length > 0 && { expected: either(similar) }),
    help:
      similar[0] === undefined
        ? `export it there, or write \`import type\` if it is a type`
        : `write \`${similar[0]}\`, or export \`${name}\` there`,
  });
}

// Evaluation

export function slowBundle(entry: string, milliseconds: number): Finding {
  return error(
    'timeout',
    `\`${entry}\` and what it imports are not put together within ${milliseconds} ms`,
    {},
    {
      help: 'make it smaller; where arrow functions are nested in one another within `? :`, name inner ones with `const`',
    },
  );
}

const NOT_DETERMINISTIC = new Set([
  'Date',
  'Math.random',
  'crypto',
  'performance',
  'WeakRef',
  'FinalizationRegistry',
  'Intl',
]);
const OUTSIDE = new Set(
  `process require module exports fetch Buffer console global window self navigator Deno Bun XMLHttpRequest WebSocket Worker URL
  setTimeout setInterval setImmediate clearTimeout clearInterval queueMicrotask __dirname __filename`.split(/\s+/),
);
const GENERATED = new Set(['eval', 'new Function']);
const UNAVAILABLE = new Set(['Proxy', 'Atomics', 'SharedArrayBuffer', 'WebAssembly']);

function outside(name: string, at: At): Finding {
  return error('outside', `the configuration uses \`${name}\``, at, {
    why: 'it has no files, network, process or environment: the same source must always mean the same platform',
    help: 'write the value down, or import it from a .ts or .json file of this repository',
  });
}

function shorten(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length === text.length && line.length <= 60 ? line : `${line.slice(0, 57)}…`;
}

/** What was thrown or broke the evaluation off. `text`: what is written there; `names`: those that the module makes or imports. */
export function failure(
  { name, message, stack, forbidden }: Failure,
  { timeoutMilliseconds, memoryMegabytes }: { timeoutMilliseconds: number; memoryMegabytes: number },
  { text, names, ...at }: At & Readonly<{ text: string; names: readonly string[] }>,
): Finding {
  const undefinedName = name === 'ReferenceError' ? /^'(.*)' is not defined$/.exec(message)?.[1] : undefined;
  const used = forbidden || undefinedName || '';
  if (NOT_DETERMINISTIC.has(used)) {
    return error('not-deterministic', `the configuration uses \`${used}\``, at, {
      expected: 'a value that is the same at every compile',
      help: 'write the value down',
    });
  }
  if (OUTSIDE.has(used)) return outside(used, at);
  if (GENERATED.has(used)) {
    return error('generated-code', `the configuration uses \`${used}\``, at, { help: 'write the code down' });
  }
  if (UNAVAILABLE.has(used)) {
    return error('unavailable', `the configuration uses \`${used}\`, which does not exist here`, at, {
      help: 'use plain objects and functions',
    });
  }
  if (name === 'InternalError' && message === 'interrupted') {
    return error('timeout', `the configuration does not finish within ${timeoutMilliseconds} ms`, at, {
      help: 'look for a loop that does not end',
    });
  }
  if (name === 'InternalError' && /^(out of memory|string too long|invalid array buffer length)$/.test(message)) {
    return error('memory', `the configuration needs more than ${memoryMegabytes} MB of memory`, at, {
      help: 'look for a loop that does not end, or a very large list or string',
    });
  }
  if (/^(InternalError|SyntaxError)$/.test(name) && message === 'stack overflow') {
    return error('recursion', 'the configuration calls functions in one another too deeply', at, {
      help: 'look for a function that calls itself without end',
    });
  }
  // Not thrown but found by QuickJS, which reads regular expressions: esbuild and oxc do not.
  if (name === 'SyntaxError' && /^ +at configuration:/.test(stack)) return syntax(message, at);
  const early = name === 'ReferenceError' ? /^(.*) is not initialized$/.exec(message)?.[1] : undefined;
  if (early !== undefined) {
    // The bundle may have another name for it.
    const written = /^[\w$]+$/.test(text) ? text : early;
    return error('used-early', `\`${written}\` is used before it is made`, at, {
      help: `move \`${written}\` above what uses it`,
    });
  }
  if (undefinedName !== undefined) {
    const near = nearest(undefinedName, names);
    return error('undefined-name', `\`${undefinedName}\` is not defined`, at, {
      ...(near.length > 0 && { expected: either(near) }),
      help: `${near[0] === undefined ? '' : `write \`${near[0]}\`, or `}define \`${undefinedName}\` above, or import it`,
    });
  }
  const missing = name === 'TypeError' ? /^cannot read property '(.*)' of (undefined|null)$/.exec(message) : undefined;
  if (missing)
    return error('undefined-value', `\`${shorten(text)}\` reads \`${missing[1]}\` of \`${missing[2]}\``, at, {
      help: 'look for a misspelt name in front of it',
    });
  if (name === 'TypeError' && message === 'not a function')
    return error('no-function', `\`${shorten(text)}\` calls something that is no function`, at, {
      help: 'look for a misspelt name in front of the `(`',
    });
  if (name === 'TypeError' && message === 'is undefined')
    return error('undefined-value', `\`${shorten(text)}\` is \`undefined\``, at, {
      expected: 'a value; write `null` for none',
      help: 'look for a misspelt name in it',
    });
  const spread = name === 'TypeError' ? /^spreads (a (?:function|promise))$/.exec(message)?.[1] : undefined;
  if (spread !== undefined)
    return error('spread', `\`...${shorten(text)}\` spreads ${spread}, which adds nothing`, at, {
      expected: 'an object',
      ...(DATA[spread] && { help: DATA[spread] }),
    });
  const builtIn = name === 'TypeError' ? /^('.*' of a built-in cannot be changed)$/.exec(message)?.[1] : undefined;
  if (builtIn !== undefined)
    return error('built-in', builtIn.replaceAll("'", '`'), at, { help: 'use a function of your own' });
  const thrown = name === '' || name === 'Error' ? message : `${name}: ${message}`;
  return error('throws', `the configuration throws: ${thrown}`, at);
}

// The exported value

export function problem(
  { kind, what, part, steps }: Problem,
  limits: { depth: number; characters: number; text: number; key: number },
  at: At,
): Finding {
  const path = steps.map(([key]) => key).filter((key) => key !== null);
  const name = path.length === 0 ? 'the default export' : `\`${textOf(path)}\``;
  const data = 'text, numbers, true, false, null, and lists and objects of these';
  const more = { path, expected: data };
  switch (kind) {
    case 'cycle':
      return error('cycle', `${name} contains itself`, at, { path, help: 'refer to it by its name' });
    case 'forbidden-key':
      return forbiddenKey(at, path);
    case 'lone-surrogate':
      return error('lone-surrogate', `${name} has half of a surrogate pair, which no file can hold`, at, {
        path,
        help: 'write the character itself, or both halves',
      });
    case 'not-a-number':
      return error('not-a-number', `${name} is ${what}`, at, { path, expected: 'a finite number' });
    case 'not-an-object':
      return error('not-an-object', `the default export is ${what}`, at, {
        expected: 'an object, such as `definePlatform({ … })` gives',
      });
    case 'not-data':
      return error('not-data', `${name} is ${what}`, at, { ...more, ...(DATA[what] && { help: DATA[what] }) });
    case 'undefined-element':
      return error(
        'undefined-element',
        `${name} is ${what === 'undefined' ? what : 'missing: the list has a hole'}`,
        at,
        {
          ...more,
          help: 'remove the element, or write null',
        },
      );
    case 'too-deep':
      return error('too-deep', `${name} is nested more than ${limits.depth} levels deep`, at, { path });
    case 'too-long':
      return error('too-long', `${part === 'key' ? `the key ${name}` : name} is ${what} characters long`, at, {
        path,
        expected: `at most ${part === 'key' ? limits.key : limits.text}`,
      });
    case 'too-large':
      return error('too-large', `the configuration is larger than ${limits.characters} characters of JSON`, at, {
        path,
      });
  }
}

/** How to make data of it. */
const DATA: Readonly<Record<string, string>> = {
  'a function': 'call it, as in `web(8080)`, or write its result down',
  'a promise': 'take `async` away: there is nothing to wait for',
  'a Set': 'spread it into a list: `[...set]`',
  'a Map': 'write an object, or use `Object.fromEntries(map)`',
  'a symbol': 'write a text',
};

/** `services.api.ports[0]`, with quotes where a key is no word. */
function textOf(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (/^[A-Za-z_$][\w$]*$/.test(key)) return index === 0 ? key : `.${key}`;
      return `[${JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key)}]`;
    })
    .join('');
}
