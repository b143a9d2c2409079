import { inEnvironment, inPlatform, inService, type Mistake, manifest } from './mistake.ts';

const DEEP = 120;
const data = (levels: number): unknown => (levels === 0 ? 'x' : { a: data(levels - 1) });

const sixUnknown = Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`qq${number}`, number]));

/** What only a document shows: what others' schemas refuse, and what no file may hold. */
export const verifyMistakes: readonly Mistake[] = [
  inPlatform('delivery/open_registry', 'a registry that anybody pulls from', () => ({
    puts: [[['registry', 'extraInputs', 'registry', 'anonymous_pull_enabled'], true]],
    at: ['registry', 'extraInputs', 'registry', 'anonymous_pull_enabled'],
  })),
  inEnvironment(
    'secrets/local_accounts',
    'accounts of a cluster that Entra ID does not know',
    ({ environment: { tier } }) =>
      tier === 'production' ? { 'extraInputs.cluster.disable_local_accounts': false } : undefined,
    'extraInputs.cluster.disable_local_accounts',
  ),
  inService('verify/unknown-field', 'a misspelt extra Helm value', { extraHelmValues: { rollout: { maxSurg: 1 } } }, [
    'extraHelmValues',
    'rollout',
    'maxSurg',
  ]),
  inService('verify/type', 'an extra Helm value of another sort', { extraHelmValues: { podAnnotations: 'none' } }, [
    'extraHelmValues',
    'podAnnotations',
  ]),
  inService('verify/value', 'an extra Helm value out of range', { extraHelmValues: { minReadySeconds: -1 } }, [
    'extraHelmValues',
    'minReadySeconds',
  ]),
  inService(
    'verify/unknown-field',
    'a label that is none',
    { extraHelmValues: { podLabels: { 'not a label': 'x' } } },
    ['extraHelmValues', 'podLabels', 'not a label'],
  ),
  inService(
    'verify/missing-field',
    'an alias without an address',
    { extraHelmValues: { hostAliases: [{ hostnames: ['a.example'] }] } },
    ['extraHelmValues', 'hostAliases', 0],
  ),
  inEnvironment(
    'verify/unknown-field',
    'a misspelt input of a unit',
    () => ({ 'extraInputs.cluster.kubernetes_verion': '1.36' }),
    'extraInputs.cluster.kubernetes_verion',
  ),
  inEnvironment(
    'verify/type',
    'an input of another sort',
    () => ({ 'extraInputs.cluster.enable_telemetry': 'yes' }),
    'extraInputs.cluster.enable_telemetry',
  ),
  inEnvironment(
    'verify/interpolation',
    'code in an input',
    () => ({ 'extraInputs.cluster.name': `\${get_env("HOME")}` }),
    'extraInputs.cluster.name',
  ),
  inEnvironment(
    'verify/unknown-unit',
    'inputs of a unit that is not there',
    () => ({ 'extraInputs.qqunit': {} }),
    'extraInputs.qqunit',
  ),
  inPlatform('verify/unknown-unit', 'shared inputs of a unit that is not there', () => ({
    puts: [[['registry', 'extraInputs', 'qqunit'], {}]],
    at: ['registry', 'extraInputs', 'qqunit'],
  })),
  inEnvironment(
    'verify/more',
    'more than can be told',
    () => ({ 'extraInputs.cluster': sixUnknown }),
    () => [],
    {
      along: ({ here }) =>
        Object.keys(sixUnknown)
          .slice(0, 5)
          .map((key) => ({ code: 'verify/unknown-field', at: ['environments', here, 'extraInputs', 'cluster', key] })),
    },
  ),
  inEnvironment(
    'verify/size',
    'an input that no variable holds',
    () => ({ 'extraInputs.cluster.node_resource_group': 'x'.repeat(131_000) }),
    'extraInputs.cluster.node_resource_group',
  ),
  inEnvironment(
    'verify/depth',
    'an extra manifest that is too deep',
    () => ({ 'extraManifests.qqdeep': manifest('v1', 'ConfigMap', { data: data(DEEP) }, { name: 'qq-deep' }) }),
    () => ['extraManifests', 'qqdeep', 'data', ...Array.from({ length: 99 }, () => 'a')],
  ),
];
