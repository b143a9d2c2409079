import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceName } from './platform.ts';

/** What people would use instead, doing the like: three documents for each service, in one environment. */
export type Peer = Readonly<{
  /** as `install` takes it */
  name: string;
  version: string;
  /** the Go package it is built from; else `peers/<name>/` pins what npm or pip installs */
  source: Readonly<{ go: string }> | 'npm' | 'python';
  /** what stands in the table */
  title: string;
  /** what it finds wrong by itself, in this work */
  checks: string;
  writes: string;
  /**
   * Lays what it reads into an empty folder.
   *
   * @param program its file, or the folder of its `node_modules`, as `install.ts` found it
   * @returns the command line, to be run in that folder, and the file or folder that it makes
   */
  prepare(folder: string, services: readonly PeerService[], program: string): { command: string[]; makes: string };
}>;

/** What a peer is told of a service: about as much as `platform.ts` says of one. */
export type PeerService = Readonly<{
  name: string;
  image: string;
  port: number;
  host: string;
  cpu: string;
  memory: string;
  replicaCount: number;
  envs: Readonly<Record<string, string>>;
}>;

/** Where what a peer reads lies, and what pins it. */
export const templates = join(import.meta.dirname, 'peers');

export const peers: readonly Peer[] = [
  {
    name: 'jsonnet',
    version: 'v0.22.0',
    source: { go: 'github.com/google/go-jsonnet/cmd/jsonnet' },
    title: 'go-jsonnet, the floor',
    checks: 'that fields exist',
    writes: 'JSON files',
    prepare(folder, services, program) {
      copy(folder, 'jsonnet/main.jsonnet', 'jsonnet/documents.libsonnet');
      writeFileSync(join(folder, 'services.json'), JSON.stringify(services, null, 2));
      return { command: [program, '-c', '-m', 'made', 'main.jsonnet'], makes: 'made' };
    },
  },
  {
    name: 'cue',
    version: 'v0.17.1',
    source: { go: 'cuelang.org/go/cmd/cue' },
    title: 'cue export',
    checks: "a service's fields: types, patterns, ranges",
    writes: 'one YAML stream',
    prepare(folder, services, program) {
      copy(folder, 'cue/documents.cue');
      // JSON is CUE, and what people would write differs from it in quotes only.
      writeFileSync(
        join(folder, 'services.cue'),
        `package bench\n\nservices: ${JSON.stringify(services, null, '\t')}\n`,
      );
      const command = [program, 'export', '-e', 'documents', '--out', 'yaml', '--force', '--outfile', 'made.yaml', '.'];
      return { command, makes: 'made.yaml' };
    },
  },
  {
    name: 'cdk8s',
    version: '2.207.60',
    source: 'npm',
    title: 'cdk8s synth',
    checks: 'that an object has apiVersion and kind',
    writes: 'YAML files',
    prepare(folder, services, program) {
      copy(folder, 'cdk8s/main.js');
      writeFileSync(join(folder, 'services.json'), JSON.stringify(services, null, 2));
      writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
      symlinkSync(join(program, 'node_modules'), join(folder, 'node_modules'));
      // Else it asks the registry for a newer version, and waits.
      return { command: [join('node_modules', '.bin', 'cdk8s'), 'synth', '--no-check-upgrade'], makes: 'dist' };
    },
  },
  {
    name: 'kapitan',
    version: '0.36.3',
    source: 'python',
    title: 'Kapitan with Jsonnet',
    checks: 'that parameters exist',
    writes: 'YAML files',
    prepare(folder, services, program) {
      for (const path of ['inventory/targets', 'inventory/classes', 'components', 'lib'])
        mkdirSync(join(folder, path), { recursive: true });
      cpSync(join(templates, 'kapitan/main.jsonnet'), join(folder, 'components/main.jsonnet'));
      cpSync(join(templates, 'jsonnet/documents.libsonnet'), join(folder, 'components/documents.libsonnet'));
      cpSync(join(templates, 'kapitan/service.yml'), join(folder, 'inventory/classes/service.yml'));
      for (const service of services) {
        const target = { classes: ['service'], parameters: { service } };
        // JSON is YAML.
        writeFileSync(join(folder, 'inventory/targets', `${service.name}.yml`), `${JSON.stringify(target, null, 2)}\n`);
      }
      return { command: [program, 'compile'], makes: 'compiled' };
    },
  },
];

/** @throws Error naming the peers there are, when `name` is none of them */
export function peerNamed(name: string): Peer {
  const found = peers.find((peer) => peer.name === name);
  if (!found) throw new Error(`\`${name}\` is no peer; there are ${peers.map((peer) => peer.name).join(', ')}`);
  return found;
}

export function peerServices(count: number): PeerService[] {
  return Array.from({ length: count }, (_, number) => {
    const name = serviceName(number);
    const upstream = serviceName((number + 1) % count);
    return {
      name,
      image: name,
      port: 8080,
      host: `s${number}`,
      cpu: '100m',
      memory: '256Mi',
      replicaCount: 2,
      envs: {
        EDITION: `${number}`,
        LOG_LEVEL: 'info',
        FEATURE_FLAGS: 'checkout,search-v2',
        PUBLIC_URL: `https://s${number}.bench.example`,
        UPSTREAM_URL: `http://${upstream}.bench.svc.cluster.local:8080`,
        DATABASE_HOST: 'bench-prod-main.postgres.database.azure.com',
        DATABASE_PORT: '5432',
        DATABASE_NAME: 'main',
        PGSSLMODE: 'require',
      },
    };
  });
}

function copy(folder: string, ...files: string[]): void {
  for (const file of files) cpSync(join(templates, file), join(folder, file.slice(file.indexOf('/') + 1)));
}
