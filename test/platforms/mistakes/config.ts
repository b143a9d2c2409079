import { inEnvironment, inPlatform, inService, type Mistake, REDIS, VARIABLE, variable } from './mistake.ts';

/** What shapes alone do not tell: names that are there twice, or for nothing. */
export const configMistakes: readonly Mistake[] = [
  inPlatform('config/duplicate', 'an image that two sources build', ({ platform: { sources } }) => {
    const [image] = Object.values(sources).flatMap(({ images }) => Object.keys(images));
    return image === undefined
      ? undefined
      : {
          puts: [[['sources', 'qqq'], { images: { [image]: {} } }]],
          at: ['sources', 'qqq', 'images', image],
          touches: [['sources']],
        };
  }),
  inService('config/unknown-image', 'an image that nobody builds', { image: 'qqnobodyqq' }, ['image']),
  inService('config/unknown-database', 'a database of nobody', variable({ database: 'qqnobodyqq', get: 'host' }), [
    ...VARIABLE,
    'database',
  ]),
  inService('config/unknown-secret', 'a secret that nobody has', variable({ secret: 'QQ_NOBODY' }), [
    ...VARIABLE,
    'secret',
  ]),
  inService('config/unknown-service', 'a service that nobody has', variable({ service: 'qqnobodyqq', get: 'host' }), [
    ...VARIABLE,
    'service',
  ]),
  inPlatform('config/unknown-environment', 'an environment that is not there', ({ service }) => ({
    puts: [[['services', service], { image: REDIS, in: { qqnobodyqq: false } }]],
    at: ['services', service, 'in', 'qqnobodyqq'],
  })),
  inService(
    'config/value',
    'a list of Kubernetes objects for one of them',
    { extraManifests: [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: [] }] },
    ['extraManifests', 0, 'kind'],
  ),
  inService(
    'config/value',
    'an object that has objects inside',
    { extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMapList', metadata: { name: 'all' }, items: [] }] },
    ['extraManifests', 0, 'items'],
  ),
  inEnvironment(
    'config/unknown-pool',
    'a default pool of another environment',
    ({ others, platform, environment }) => {
      const elsewhere = others
        .flatMap((name) => Object.keys(platform.environments[name]?.cluster.nodePools ?? {}))
        .find((name) => !Object.hasOwn(environment.cluster.nodePools, name));
      return elsewhere === undefined ? undefined : { 'cluster.defaultPool': elsewhere };
    },
    'cluster.defaultPool',
  ),
];
