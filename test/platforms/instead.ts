import fc from 'fast-check';
import * as v from '../../lib/config/vocabulary.ts';
import { TODAY } from './compiled.ts';
import { anyText, textOf } from './words.ts';

const nodes = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 3, arbitrary: fc.record({ min: fc.integer({ min: 0, max: 3 }), max: fc.integer({ min: 1, max: 20 }) }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) },
);

const configMap = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('ConfigMap'),
  metadata: fc.record({ name: textOf(v.objectName) }),
  data: fc.dictionary(textOf(v.fileName) as fc.Arbitrary<string>, anyText, { maxKeys: 2, noNullPrototype: true }),
});
const quota = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('ResourceQuota'),
  metadata: fc.record({ name: textOf(v.objectName) }),
  spec: fc.record({ hard: fc.record({ pods: fc.constantFrom('100', 7) }) }),
});
const manifest = fc.oneof(configMap, quota);

const labels = (value: fc.Arbitrary<unknown>) =>
  fc.dictionary(textOf(v.labelKey) as fc.Arbitrary<string>, value, { maxKeys: 2, noNullPrototype: true });

/** What the chart has and the configuration has not. */
const extraHelmValues = fc.record(
  {
    podAnnotations: labels(anyText),
    podLabels: labels(textOf(v.labelValue)),
    dnsConfig: fc.record({ nameservers: fc.constantFrom(['10.0.0.10'], []) }),
    hostAliases: fc.constantFrom([{ ip: '10.0.0.1', hostnames: ['a.example'] }], []),
    imagePullSecrets: fc.constantFrom(['pull'], []),
    priorityClassName: fc.constantFrom('high', 'on'),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const ofChanges = fc.constant('change/removed_environment');

/** What stands at a path where the schema alone would draw what another stage refuses; `undefined` elsewhere. */
export function instead(path: string): fc.Arbitrary<unknown> | undefined {
  if (/(^|\.)waivers\[\]\.rule$/.test(path)) return ofChanges;
  if (/(^|\.)waivers\[\]\.until$/.test(path)) return fc.constantFrom(TODAY, '2028-02-29', '9999-12-31');
  switch (path.replace(/^(services\.\*\.in\.\*|services\.\*|presets\.\*)\./, 'layer.')) {
    case 'environments.*.cluster.nodePools.*.nodes':
      return nodes;
    // Services are in several environments, and what they refer to must be in each of them.
    case 'environments.*.cluster.nodePools.key':
      return fc.oneof(fc.constantFrom('main', 'batch'), textOf(v.key));
    case 'environments.*.databases.key':
      return fc.oneof(fc.constantFrom('main', 'orders'), textOf(v.directoryName));
    case 'environments.*.imageTags.suffix':
      return fc.constantFrom('', '-live', '-a', '-x1', `-${'x'.repeat(17)}`);
    case 'environments.*.extraInputs':
      return fc.constantFrom({ cluster: { node_resource_group: 'nodes' } }, {});
    case 'registry.extraInputs':
      return fc.constantFrom({ registry: { anonymous_pull_enabled: false } }, {});
    case 'environments.*.extraManifests.*':
      return manifest;
    case 'layer.extraManifests':
      return fc.array(manifest, { maxLength: 2 });
    case 'layer.extraHelmValues':
      return extraHelmValues;
    // Of a rule that is asked of changes alone: whatever it excuses, or how severe it is, nothing of a platform as it stands changes.
    case 'rules.severity.key':
      return ofChanges;
    case 'sealed':
      return fc.nat({ max: 1 });
    // Such as are below every limit, whatever another layer says.
    case 'layer.shutdown.gracePeriodSeconds':
      return fc.constantFrom(30, 31, 600, 86_400);
    case 'layer.shutdown.preStopSeconds':
      return fc.constantFrom(0, 1, 29);
    default:
      return undefined;
  }
}
