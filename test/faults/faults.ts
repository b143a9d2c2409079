/** A deliberate fault in the compiler: what is written instead of what, and the test that must catch it. */
export type Fault = Readonly<{
  /** what a person might have meant by it */
  name: string;
  file: string;
  /** stands in the file once */
  from: string;
  to: string;
  caughtBy: string;
}>;

const promise = (name: string) => `test/promises/${name}.test.ts`;
const conformance = 'test/conformance/conformance.test.ts';

/** A promise that nothing can break is none. `npm run faults` tries them all. */
export const faults: readonly Fault[] = [
  // Determinism
  {
    name: 'maps keep the order in which they were written',
    file: 'lib/model/service/settings.ts',
    from: '.sort(([a], [b]) => (a < b ? -1 : 1));',
    to: ';',
    caughtBy: promise('determinism'),
  },
  {
    name: 'the model keeps the order of keys',
    file: 'lib/model/origins.ts',
    from: 'for (const key of Object.keys(draft).sort())',
    to: 'for (const key of Object.keys(draft))',
    caughtBy: promise('determinism'),
  },
  {
    name: 'documents say when they were made',
    file: 'lib/pipeline.ts',
    from: 'compiler: [`Made by ${NAME} from ${source}.`',
    to: 'compiler: [`Made by ${NAME} from ${source} at ${process.hrtime()}.`',
    caughtBy: promise('determinism'),
  },
  {
    name: 'documents say where they were made',
    file: 'lib/pipeline.ts',
    from: 'compiler: [`Made by ${NAME} from ${source}.`',
    to: "compiler: [`Made by ${NAME} from ${source} (${process.env.TZ ?? ''}).`",
    caughtBy: promise('determinism'),
  },
  // Isolation
  {
    name: 'addresses of databases come from the first environment',
    file: 'lib/model/normalise.ts',
    from: 'environment: ground,\n              service: (other)',
    to: 'environment: Object.values(plainGrounds)[0] as Ground,\n              service: (other)',
    caughtBy: promise('isolation'),
  },
  {
    name: 'workflows listen to the branch of the first environment',
    file: 'lib/model/normalise.ts',
    from: 'branch: environment.branch,',
    to: "branch: Object.values(environments)[0]?.branch ?? '',",
    caughtBy: promise('isolation'),
  },
  {
    name: 'every service gets the extra Helm values of the first',
    file: 'lib/kinds/values/kind.ts',
    from: "patch: [...subject, 'extraHelmValues'],",
    to: "patch: ['services', Object.keys(model.services)[0] ?? '', 'environments', Object.keys(Object.values(model.services)[0]?.environments ?? {})[0] ?? '', 'extraHelmValues'],",
    caughtBy: promise('isolation'),
  },
  {
    name: 'every service knows how many there are',
    file: 'lib/kinds/values/kind.ts',
    from: "slice: { platform: ['name'], service: subject },",
    to: "slice: { platform: ['environments', environment, 'services', 0], service: subject },",
    caughtBy: promise('isolation'),
  },
  // Nothing lost, nothing invented
  {
    name: 'an empty list of arguments is left out',
    file: 'lib/kinds/values/document.libsonnet',
    from: "[if s.args != null then 'args']",
    to: "[if s.args != null && some(s.args) then 'args']",
    caughtBy: promise('nothing-lost'),
  },
  {
    name: 'tags of the registry are forgotten',
    file: 'lib/model/normalise.ts',
    from: 'tags: written(Object.fromEntries(sortedEntries(registry.tags)),',
    to: 'tags: written({},',
    caughtBy: promise('nothing-lost'),
  },
  {
    name: 'the timeout of workflows is ignored',
    file: 'lib/model/normalise.ts',
    from: 'timeoutMinutes: delivery.timeoutMinutes ?? defaults.DELIVERY.timeoutMinutes,',
    to: 'timeoutMinutes: defaults.DELIVERY.timeoutMinutes,',
    caughtBy: promise('nothing-lost'),
  },
  {
    name: 'words of YAML 1.1 have no quotes',
    file: 'lib/print/scalar.ts',
    from: '/^(?:y|n|yes|no|on|off|true|false|null|',
    to: '/^(?:true|false|null|',
    caughtBy: promise('nothing-lost'),
  },
  {
    name: 'the grace period is forgotten',
    file: 'lib/kinds/values/document.libsonnet',
    from: 'shutdown: s.shutdown,',
    to: 'shutdown: { gracePeriodSeconds: 30, preStopSeconds: 5 },',
    caughtBy: conformance,
  },
  {
    name: 'characters beyond U+40000 go through Jsonnet as they are',
    file: 'lib/render/render.ts',
    from: '(pair) => `\\\\u${pair.charCodeAt(0).toString(16)}\\\\u${pair.charCodeAt(1).toString(16)}`,',
    to: '(pair) => pair,',
    caughtBy: 'test/render/render.test.ts',
  },
  {
    name: 'a probe waits a second longer than was said',
    file: 'lib/kinds/values/document.libsonnet',
    from: 'timeoutSeconds: p.timeoutSeconds,',
    to: 'timeoutSeconds: p.timeoutSeconds + 1000003,',
    caughtBy: promise('nothing-invented'),
  },
  // Tags
  {
    name: 'a pattern has no end',
    file: 'lib/model/tags.ts',
    from: '-[0-9]+${suffix}$`;',
    to: '-[0-9]+${suffix}`;',
    caughtBy: promise('tags'),
  },
  {
    name: 'a dot in a branch is any character',
    file: 'lib/model/tags.ts',
    from: ".replaceAll('.', '\\\\.')}-[0-9]+",
    to: '}-[0-9]+',
    caughtBy: promise('tags'),
  },
  {
    name: 'a run number is cut where a branch is long',
    file: 'lib/kinds/workflow/document.libsonnet',
    from: 'name="${name:0:128 - ${#ending}}"',
    to: 'name="${name:0:90}"',
    caughtBy: promise('tags'),
  },
  // References
  {
    name: 'an Application names a file that is called otherwise',
    file: 'lib/kinds/application/document.libsonnet',
    from: "[folder(s.service) + '/image.yaml']",
    to: "[folder(s.service) + '/images.yaml']",
    caughtBy: promise('references'),
  },
  {
    name: 'an Application is of a project that is not there',
    file: 'lib/model/normalise.ts',
    from: 'project: `${name}-services`,',
    to: 'project: directory === name ? `${name}-services` : `${directory}-services`, // fault',
    caughtBy: conformance,
  },
  {
    name: 'the updater writes into the folder of the name, not of the directory',
    file: 'lib/model/normalise.ts',
    from: 'writeBackTarget: `helmvalues:/${directory}/',
    to: 'writeBackTarget: `helmvalues:/${name}/',
    caughtBy: promise('references'),
  },
  {
    name: 'an address has the port 80 of everybody',
    file: 'lib/model/service/ports.ts',
    from: 'return port === 80 ? `http://${host}` : `http://${host}:${port}`;',
    to: 'return `http://${host}:80`;',
    caughtBy: promise('references'),
  },
  {
    name: 'pods ask for the pool by the name for people',
    file: 'lib/model/service/pods.ts',
    from: 'nodeSelector: at({ agentpool: nodePool?.azureName ?? pool }',
    to: 'nodeSelector: at({ agentpool: pool }',
    caughtBy: promise('references'),
  },
  // Fit
  {
    name: 'packing looks at processors alone',
    file: 'lib/model/packing.ts',
    from: 'times(node.bytes, pod.bytes)',
    to: 'Number.POSITIVE_INFINITY',
    caughtBy: promise('fit'),
  },
  {
    name: 'nobody counts pods of a node',
    file: 'lib/model/packing.ts',
    from: '        node.pods,\n',
    to: '',
    caughtBy: 'test/model/packing.test.ts',
  },
  {
    name: 'the largest size of a service is its smallest',
    file: 'lib/model/packing.ts',
    from: "most: needed('maxReplicas')",
    to: "most: needed('minReplicas')",
    caughtBy: promise('fit'),
  },
  {
    name: 'what Azure keeps of memory is for pods',
    file: 'lib/model/capacity.ts',
    from: 'nominal * 0.96 - reserved - 100',
    to: 'nominal * 0.96 - 100',
    caughtBy: promise('fit'),
  },
  // Totality
  {
    name: 'wrong names are looked up only once all shapes are right',
    file: 'lib/config/beside.ts',
    from: 'return checkReferences(rest, locate).filter(',
    to: 'return checkReferences({}, locate).filter(',
    caughtBy: promise('totality'),
  },
  {
    name: 'an unknown key is found where it is in the way',
    file: 'lib/config/validate.ts',
    from: 'return issue.keys.map((key) => unknownKey({ path: [...path, key], known: keysAt(platform, path) }, locate));',
    to: 'return issue.keys.map((key) => unknownKey({ path, known: keysAt(platform, [...path, key]) }, locate));',
    caughtBy: promise('totality'),
  },
  {
    name: 'a wait may be as long as the grace',
    file: 'lib/model/service/pods.ts',
    from: 'if (preStop >= grace)',
    to: 'if (preStop > grace)',
    caughtBy: promise('totality'),
  },
  {
    name: 'what a rule finds is told at the service, and not at the value',
    file: 'lib/waivers/judging.ts',
    from: '      ...placeOf(subject),',
    to: '      ...placeOf(subject.slice(0, 2)),',
    caughtBy: promise('totality'),
  },
  // Conformance
  {
    name: 'null in a later layer says nothing',
    file: 'lib/model/layers.ts',
    from: "else if (value === null && (before != null || path[0] !== 'extraHelmValues')) delete merged[key];",
    to: "else if (value === null && path[0] !== 'extraHelmValues') continue;",
    caughtBy: conformance,
  },
  {
    name: 'a probe has the timeout for its period',
    file: 'lib/kinds/values/document.libsonnet',
    from: 'periodSeconds: p.periodSeconds,',
    to: 'periodSeconds: p.timeoutSeconds,',
    caughtBy: conformance,
  },
  {
    name: 'the Standard tier is no default',
    file: 'lib/model/defaults.ts',
    from: "export const CLUSTER = { tier: 'Standard' } as const;",
    to: "export const CLUSTER = { tier: 'Free' } as const;",
    caughtBy: conformance,
  },
  // Attacks
  {
    name: 'a path may go up',
    file: 'lib/config/vocabulary.ts',
    from: ".refine((path) => !path.split('/').includes('..'), { error: 'a path without `..`' });",
    to: ';',
    caughtBy: 'test/attacks/folders.test.ts',
  },
  {
    name: 'escapes reach the terminal',
    file: 'lib/finding/print.ts',
    from: '/[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}',
    to: '/[\\p{Zl}',
    caughtBy: 'test/attacks/messages.test.ts',
  },
  // Writing
  {
    name: 'a repair writes over what a person was given meanwhile',
    file: 'lib/write/decide.ts',
    from: "const isTheirs = entry?.owner === 'scaffold' || (entry?.owner === 'controller' && after !== null);",
    to: 'const isTheirs = false;',
    caughtBy: promise('writing'),
  },
  {
    name: 'a folder that may not be written to is found when half is written',
    file: 'lib/write/decide.ts',
    from: 'disk.demandWritable(within(folder.directory, parent));',
    to: '',
    caughtBy: 'test/write/disk.test.ts',
  },
];
