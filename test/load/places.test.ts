import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loaded, textAt } from './repository.ts';

test('a value is placed at its expression, its key at the key', async () => {
  const source = ['export default {', "  name: 'acme',", '  pools: { main: { size: 3 } },', '};'];
  assert.equal(await textAt(source, ['name']), "'acme'");
  assert.equal(await textAt(source, ['name'], 'key'), 'name');
  assert.equal(await textAt(source, ['pools', 'main']), '{ size: 3 }');
  assert.equal(await textAt(source, ['pools', 'main', 'size']), '3');
});

test('lines and columns count from 1 and in UTF-16 units, the end is exclusive', async () => {
  const { value } = await loaded(['// 😀', "export default { 'é😀': [1,", '  22] };']);
  const file = 'platform.config.ts';
  assert.deepEqual(value?.places.of(['é😀', 1]), { place: { file, line: 3, column: 3, endLine: 3, endColumn: 5 } });
  assert.deepEqual(value?.places.of(['é😀']), { place: { file, line: 2, column: 25, endLine: 3, endColumn: 6 } });
  assert.deepEqual(value?.places.of(['é😀'], 'key'), {
    place: { file, line: 2, column: 18, endLine: 2, endColumn: 23 },
  });
});

test('lines may end as on Windows, and the file may start with a byte order mark', async () => {
  const { value } = await loaded({ 'platform.config.ts': '\uFEFFexport default { a: 1,\r\n  b: 2 };\r\n' });
  assert.equal(value?.places.of(['a'])?.place.column, 21);
  const { line, column } = value?.places.of(['b'])?.place ?? {};
  assert.deepEqual([line, column], [2, 6]);
});

test('the root is placed at the object that definePlatform is given', async () => {
  const files = {
    'platform.config.ts': [
      "import { definePlatform } from './lib/index.ts';",
      'export default definePlatform({ a: 1 });',
    ],
    'lib/index.ts': [
      'export type Name = string;',
      'export function definePlatform<const P>(platform: P): P {',
      '  return platform;',
      '}',
    ],
  };
  assert.equal(await textAt(files, []), '{ a: 1 }');
});

test('what does not exist is placed at the nearest thing that does', async () => {
  const source = ['export default { services: { api: { image: "shop" } } };'];
  assert.equal(await textAt(source, ['services', 'api', 'replicas']), '{ image: "shop" }');
  assert.equal(await textAt(source, ['services', 'api', 'replicas', 'most'], 'key'), '{ image: "shop" }');
  assert.equal(await textAt(source, ['nothing', 0]), '{ services: { api: { image: "shop" } } }');
});

test('a spread value is placed where it is written, via the spread', async () => {
  const source = [
    "const web = { image: 'shop', replicas: 1, ports: [80] };",
    'export default { api: { ...web, replicas: 3 } };',
  ];
  assert.equal(await textAt(source, ['api', 'image']), "'shop' < web");
  assert.equal(await textAt(source, ['api', 'image'], 'key'), 'image < web');
  assert.equal(await textAt(source, ['api', 'replicas']), '3');
  assert.equal(await textAt(source, ['api', 'ports', 0]), '80 < web');
  assert.equal(await textAt(source, ['api']), '{ ...web, replicas: 3 }');
});

test('the later of two spreads or keys wins, as it does in the value', async () => {
  const source = [
    'const a = { x: 1, y: 1 };',
    'const b = { x: 2 };',
    'export default { c: { x: 0, ...a, ...b }, d: { ...b, x: 9 } };',
  ];
  assert.equal(await textAt(source, ['c', 'x']), '2 < b');
  assert.equal(await textAt(source, ['c', 'y']), '1 < a');
  assert.equal(await textAt(source, ['d', 'x']), '9');
});

test('a spread written in place needs no via', async () => {
  const source = ['const big = true;', 'export default { a: { ...(big ? { replicas: 3 } : {}), ...(big && null) } };'];
  assert.equal(await textAt(source, ['a', 'replicas']), '3');
});

test('spreads of spreads lead to the first literal, via the outermost spread', async () => {
  const source = [
    "const base = { image: 'shop' };",
    'const web = { ...base, port: 80 };',
    'export default { api: { ...web } };',
  ];
  assert.equal(await textAt(source, ['api', 'image']), "'shop' < web");
});

test('a list that grows by spreads in a loop keeps its places', async () => {
  const source = [
    'let services: Record<string, object> = {};',
    "for (const name of ['a', 'b', 'c']) services = { ...services, [name]: { image: name } };",
    'export default { services };',
  ];
  assert.equal(await textAt(source, ['services', 'a', 'image']), 'name < services');
  assert.equal(await textAt(source, ['services', 'b']), '{ image: name } < services');
});

test('a thousand spreads of spreads are followed', async () => {
  const source = [
    'let services: Record<string, number> = {};',
    'for (let n = 0; n < 1000; n++) services = { ...services, [`s${n}`]: n };',
    'export default { services };',
  ];
  assert.equal(await textAt(source, ['services', 's999']), 'n < services');
  assert.equal(await textAt(source, ['services', 's0'], 'key'), '`s${n}` < services');
});

test('what a helper function makes is placed in it, via the call', async () => {
  const source = [
    'function web(image: string, replicas: number) {',
    '  return { image, replicas, probe: { path: "/" } };',
    '}',
    'export default {',
    "  api: web('api', 2),",
    "  ui: web('ui', 1),",
    '};',
  ];
  assert.equal(await textAt(source, ['api', 'probe', 'path']), `"/" < web('api', 2)`);
  assert.equal(await textAt(source, ['ui', 'probe', 'path']), `"/" < web('ui', 1)`);
  assert.equal(await textAt(source, ['ui', 'replicas']), `replicas < web('ui', 1)`);
  assert.equal(await textAt(source, ['ui'], 'key'), 'ui');
});

test('what is passed through a helper function stays where it is written', async () => {
  const source = [
    'const web = (o: object) => ({ kind: "web", ...o, options: o });',
    'export default { api: web({ image: "shop", ports: [80] }) };',
  ];
  assert.equal(await textAt(source, ['api', 'ports', 0]), '80');
  assert.equal(await textAt(source, ['api', 'image']), '"shop"');
  assert.equal(await textAt(source, ['api', 'options', 'image']), '"shop"');
  assert.equal(await textAt(source, ['api', 'kind']), `"web" < web({ image: "shop", ports: [80] })`);
});

test('a constant of the same file is placed where it is written, via its use', async () => {
  const source = ['const pools = { main: 3 };', 'export default { blue: { pools }, green: { pools } };'];
  assert.equal(await textAt(source, ['blue', 'pools', 'main']), '3 < pools');
});

test('map and fromEntries keep the places of what they are given', async () => {
  const source = [
    "const names = ['a', 'b'];",
    'export default {',
    '  list: names.map((name) => ({ name, port: 80 })),',
    '  services: Object.fromEntries(names.map((name) => [name, { port: 81 }])),',
    '};',
  ];
  assert.equal(await textAt(source, ['list', 1, 'port']), '80');
  assert.equal(await textAt(source, ['list', 1]), '{ name, port: 80 }');
  assert.equal(await textAt(source, ['services', 'b', 'port']), '81');
  assert.equal(await textAt(source, ['services', 'b'], 'key'), 'name');
});

test('Object.entries and fromEntries keep the places of keys and plain values', async () => {
  const source = [
    "const sizes = { small: 1, big: 'two' };",
    "export default { sizes: Object.fromEntries(Object.entries(sizes).filter(([name]) => name !== 'small')) };",
  ];
  assert.equal(
    await textAt(source, ['sizes', 'big'], 'key'),
    `big < Object.fromEntries(Object.entries(sizes).filter(([name]) => name !== 'small'))`,
  );
  assert.match((await textAt(source, ['sizes', 'big'])) ?? '', /^'two' < /);
});

test('Object.assign keeps places', async () => {
  const source = [
    'const web = { image: "shop", port: 80 };',
    'export default { api: Object.assign({}, web, { port: 81 }) };',
  ];
  assert.match((await textAt(source, ['api', 'image'])) ?? '', /^"shop" < /);
  assert.equal(await textAt(source, ['api', 'port']), '81');
});

test('what a loop assigns is placed at the assignment', async () => {
  const source = [
    'const services: Record<string, unknown> = {};',
    "for (const name of ['a', 'b']) {",
    '  services[name] = { image: name };',
    '  services[`${name}-count`] = 3;',
    '}',
    'services.last = 4;',
    'export default { services };',
  ];
  assert.equal(await textAt(source, ['services', 'b', 'image']), 'name < services');
  assert.equal(await textAt(source, ['services', 'a-count']), '3 < services');
  assert.equal(await textAt(source, ['services', 'last'], 'key'), 'last < services');
});

test('elements are found behind spreads, and by value in a list that was sorted', async () => {
  const source = [
    'const ports = [80, 443];',
    "export default { all: [22, ...ports, ...'ab', 8080], sorted: ['c', 'a', 'b'].sort(), more: [...new Set([5, 6]), 7] };",
  ];
  assert.equal(await textAt(source, ['all', 0]), '22');
  assert.equal(await textAt(source, ['all', 2]), '443 < ports');
  assert.equal(await textAt(source, ['all', 3]), "'ab'");
  assert.equal(await textAt(source, ['all', 5]), '8080');
  assert.equal(await textAt(source, ['sorted', 0]), "'a'");
  assert.equal(await textAt(source, ['more', 1]), 'new Set([5, 6])');
  assert.equal(await textAt(source, ['more', 2]), '7');
});

test('imported files are places too, TypeScript as well as JSON, via their use', async () => {
  const files = {
    'platform.config.ts': [
      "import { services } from './a/services.ts';",
      "import sizes from './sizes.json' with { type: 'json' };",
      'export default {',
      '  services,',
      '  sizes,',
      '};',
    ],
    'a/services.ts': ["import { web } from './web.ts';", 'export const services = { api: web(80) };'],
    'a/web.ts': ['export const web = (port: number) => ({ port, image: "shop" });'],
    'sizes.json': '{\n  "small": { "cpu": "100m" },\n  "\\u0062ig": [1, 2.5e1, null, true, ""]\n}\n',
  };
  assert.equal(await textAt(files, ['services', 'api', 'image']), 'a/web.ts: "shop" < a/services.ts: web(80)');
  assert.equal(await textAt(files, ['services', 'api'], 'key'), 'a/services.ts: api < services');
  assert.equal(await textAt(files, ['sizes', 'small', 'cpu']), 'sizes.json: "100m" < sizes');
  assert.equal(await textAt(files, ['sizes', 'big'], 'key'), 'sizes.json: "\\u0062ig" < sizes');
  assert.equal(await textAt(files, ['sizes', 'big', 1]), 'sizes.json: 2.5e1 < sizes');
  const { value, files: texts } = await loaded(files);
  assert.deepEqual(value?.value, {
    services: { api: { port: 80, image: 'shop' } },
    sizes: { small: { cpu: '100m' }, big: [1, 25, null, true, ''] },
  });
  assert.deepEqual([...texts.keys()], ['platform.config.ts', 'a/services.ts', 'sizes.json', 'a/web.ts']);
});

test('keys may be quoted, numbers, computed or shorthand; values methods of TypeScript', async () => {
  const source = [
    "const name = 'n', image = 'i', port = 80;",
    "export default { 'a-b': 1, 7: 2, [name]: 3, [`${name}2`]: 4, image, port: (port satisfies number) as unknown as string } as const;",
  ];
  assert.equal(await textAt(source, ['a-b'], 'key'), "'a-b'");
  assert.equal(await textAt(source, ['7']), '2');
  assert.equal(await textAt(source, ['n'], 'key'), 'name');
  assert.equal(await textAt(source, ['n2']), '4');
  assert.equal(await textAt(source, ['image']), "'i' < image");
  assert.equal(await textAt(source, ['port']), '(port satisfies number) as unknown as string');
});

test('literals with yield or await in them are left as they work', async () => {
  const source = [
    'function* parts(): Generator<object, void, object> {',
    '  const got = yield { one: 1 };',
    '  yield { ...(yield got), [`${yield got}`]: 2 };',
    '}',
    'const all = parts();',
    'export default { first: all.next().value, second: all.next({ two: 2 }).value };',
  ];
  assert.equal(await textAt(source, ['first', 'one']), '1 < all.next().value');
  assert.equal(await textAt(source, ['second', 'two']), '2');
});

test('a default export by name is used where it is exported', async () => {
  const source = ['const platform = { a: 1 };', 'export { platform as default };'];
  assert.equal(await textAt(source, ['a']), '1 < platform as default');
});

test('keys such as constructor and toString are keys like others', async () => {
  const source = [
    'const o: Record<string, unknown> = {};',
    "o['constructor'] = 1;",
    "o['toString'] = 2;",
    'export default { o, hasOwnProperty: 3 };',
  ];
  const { value } = await loaded(source);
  assert.equal(JSON.stringify(value?.value), '{"o":{"constructor":1,"toString":2},"hasOwnProperty":3}');
  assert.equal(await textAt(source, ['o', 'constructor']), '1 < o');
  assert.equal(await textAt(source, ['o', 'valueOf']), '{} < o');
});

test('undefined as the value of a property is as if it were not there', async () => {
  const { value } = await loaded(['export default { a: undefined, b: { c: undefined, d: 1 } };']);
  assert.equal(JSON.stringify(value?.value), '{"b":{"d":1}}');
});

test('an object used twice is two values, each with its own via', async () => {
  const source = ['const p = { size: 1 };', 'export default { a: p, b: [p, p] };'];
  const { value } = await loaded(source);
  assert.equal(value?.places.of(['a', 'size'])?.via?.column, 21);
  assert.equal(value?.places.of(['b', 1, 'size'])?.via?.column, 31);
});

test('instrumented code means what it meant', async () => {
  const source = [
    'class Base { kind = "base"; list() { return [this.kind, ...[1]]; } }',
    'class Sub extends Base {',
    '  override list() { return [...super.list(), { ...{ x: this.kind } }.x]; }',
    '}',
    'function all(this: unknown) { return { ...arguments[0], n: arguments.length }; }',
    'const log: string[] = [];',
    'const key = (k: string) => { log.push(k); return k; };',
    'const { a: [first = {}, ...rest], ...others } = { a: [, 1, 2], b: { c: 3 }, d: { ...{ e: [4] } } };',
    'const o: any = { get twice() { return 2; }, [key("x")]: key("y"), ...{ [key("z")]: key("w") } };',
    'let i = 0;',
    'for (const k in { p: 1, q: 2 }) for (; i < 3; i++) log.push(k);',
    'do i++; while (i < 10)',
    'outer: for (;;) { while (true) break outer; }',
    '[o.u, o["v"]] = [1, { w: [] }];',
    'o.n = o.m = 5',
    'o.deep = {}; o.deep.er = {}; o.deep["er"].est = 1;',
    'enum Color { Red = 1, Blue }',
    'const name = (() => ({ f() {}, g: () => 1, h: class {} }))();',
    'export default { list: new Sub().list(), all: all({ p: 1 }), log, first, rest, others, o: { ...o }, i,',
    '  color: Color.Blue, names: [name.f.name, name.g.name, name.h.name] };',
  ];
  const { value, findings } = await loaded(source);
  assert.deepEqual(findings, []);
  assert.deepEqual(value?.value, {
    list: ['base', 1, 'base'],
    all: { p: 1, n: 1 },
    log: ['x', 'y', 'z', 'w', 'p', 'p', 'p'],
    first: {},
    rest: [1, 2],
    others: { b: { c: 3 }, d: { e: [4] } },
    o: { twice: 2, x: 'y', z: 'w', u: 1, v: { w: [] }, m: 5, n: 5, deep: { er: { est: 1 } } },
    i: 10,
    color: 2,
    names: ['f', 'g', 'h'],
  });
});

test('declarations of every kind are bundled as what they are, with the same names in several files', async () => {
  const files = {
    'platform.config.ts': [
      "import { a as other, Size, default as size } from './a.ts';",
      'using nothing = null;',
      'const a = 1, { b, c: [d] } = { b: 2, c: [3] };',
      'let e: number;',
      'e = 4;',
      'export default { a, b, d, e, other, size, big: Size.Big, text: `',
      '  var a = 1`, made: make() };',
      'function make() { return a + other; }',
    ],
    'a.ts': [
      '/*! the law */ export const a = 10;',
      'export enum Size { Big = "L" }',
      'declare const unknown: string;',
      'interface Shape { a: 1 }',
      'var b = 20; var b = 21;',
      'export default b',
    ],
  };
  const { value, findings } = await loaded(files);
  assert.deepEqual(findings, []);
  assert.deepEqual(value?.value, {
    ...{ a: 1, b: 2, d: 3, e: 4, other: 10, size: 21, big: 'L' },
    ...{ text: '\n  var a = 1', made: 11 },
  });
});

test('each of two thousand services is placed on its own line', async () => {
  const services = Array.from({ length: 2000 }, (_, n) => `    's${n}': { image: 'shop', ports: [{ port: ${n} }] },`);
  const { value } = await loaded(['export default {', '  services: {', ...services, '  },', '};']);
  for (let n = 0; n < 2000; n++) {
    assert.equal(value?.places.of(['services', `s${n}`, 'ports', 0, 'port'])?.place.line, n + 3);
  }
});
