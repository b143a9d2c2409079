import type { ServiceLayer } from '../../config/schema.ts';
import * as defaults from '../defaults.ts';
import { outOfRange, twoOf } from '../findings.ts';
import type { Volume } from '../model.ts';
import type { Noted } from '../origins.ts';
import { type Reading, sortedEntries } from './settings.ts';

export function volumesOf(reading: Reading): Noted<Volume>[] {
  const { s, at } = reading;
  checkVolumes(reading);
  return sortedEntries(s.volumes).map(([name, volume]) => at(volumeOf(name, volume), 'volumes', name));
}

function volumeOf(name: string, volume: NonNullable<NonNullable<ServiceLayer['volumes']>[string]>): Volume {
  const common = { name, mountPath: volume.mountPath };
  switch (volume.kind) {
    case 'ephemeral':
      return {
        kind: 'ephemeral',
        ...common,
        readOnly: volume.readOnly ?? false,
        size: volume.size,
        inMemory: volume.inMemory ?? false,
      };
    case 'persistent':
      return {
        kind: 'persistent',
        ...common,
        readOnly: volume.readOnly ?? false,
        size: volume.size,
        storageClass: volume.storageClass ?? defaults.VOLUME.storageClass,
        accessMode: volume.accessMode ?? defaults.VOLUME.accessMode,
      };
    case 'config':
    case 'secret':
      return {
        kind: volume.kind,
        ...common,
        readOnly: volume.readOnly ?? true,
        files: Object.fromEntries(sortedEntries(volume.files as Record<string, string>)),
      };
  }
}

/** What a ConfigMap holds, without the names of the files. @see k8s.io/kubernetes, ValidateConfigMap */
const CONFIG_MAP_BYTES = 2 ** 20;

function checkVolumes({ name: service, s, pathOf, report }: Reading): void {
  const seen = new Map<string, string>();
  for (const [name, volume] of sortedEntries(s.volumes)) {
    if (volume.kind !== 'config') continue;
    const size = Object.values(volume.files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (size > CONFIG_MAP_BYTES)
      report(
        outOfRange({
          path: pathOf('volumes', name, 'files'),
          what: `the files of the volume \`${name}\` of service \`${service}\` have ${size} bytes together`,
          expected: `at most ${CONFIG_MAP_BYTES} bytes in one volume: Kubernetes keeps it as a ConfigMap`,
          help: 'share the files out among several volumes, or put them into the image',
        }),
      );
  }
  for (const [name, { mountPath }] of sortedEntries(s.volumes)) {
    const first = seen.get(mountPath);
    if (first === undefined) seen.set(mountPath, name);
    else
      report(
        twoOf({
          path: pathOf('volumes', name, 'mountPath'),
          otherPath: pathOf('volumes', first, 'mountPath'),
          what: `the volumes \`${first}\` and \`${name}\` are both mounted at ${mountPath}`,
          expected: 'a path of its own for each volume',
          ...(name === 'tmp' && {
            help: `call \`${first}\` \`tmp\`: it then takes the place of the volume that every service has there`,
          }),
        }),
      );
  }
}
