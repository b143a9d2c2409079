import type { PlatformInput, ServiceInput, ServiceLayer } from '../../config/schema.ts';
import type { Path } from '../../finding/finding.ts';
import * as defaults from '../defaults.ts';
import type { ModelFinding } from '../findings.ts';
import { merge, type Settings } from '../layers.ts';
import type { Service } from '../model.ts';
import { Noted } from '../origins.ts';

export type ServiceKind = Service['kind'];

/** A service in one environment, its layers merged, before anything is derived from it. */
export type ServiceSettings = Readonly<{
  name: string;
  environment: string;
  kind: ServiceKind;
  settings: Settings<defaults.Settled>;
  /** where the service stands in the configuration */
  path: Path;
}>;

/** Merges defaults, preset, service and what is said for the environment. @returns `undefined` where the service is not there */
export function settingsOf(
  configuration: PlatformInput,
  name: string,
  environment: string,
): ServiceSettings | undefined {
  const service = configuration.services[name] as ServiceInput;
  const said = own(service.in ?? {}, environment) as
    | NonNullable<ServiceInput['in']>[keyof NonNullable<ServiceInput['in']>]
    | undefined;
  if (said === false) return undefined;
  // Waivers are for those who judge.
  const { preset, in: _, waivers: _waivers, ...itself } = service;
  const { waivers: _here, ...here } = said ?? {};
  const path = ['services', name];
  const layers = [
    ...(preset === undefined
      ? []
      : [
          {
            value: configuration.presets?.[preset] ?? {},
            origin: (inside: Path) => ({ from: 'preset' as const, path: ['presets', preset, ...inside] }),
          },
        ]),
    { value: itself, origin: (inside: Path) => ({ from: 'configuration' as const, path: [...path, ...inside] }) },
    ...(said === undefined
      ? []
      : [
          {
            value: here,
            origin: (inside: Path) => ({
              from: 'configuration' as const,
              path: inside.length === 0 ? path : [...path, 'in', environment, ...inside],
            }),
          },
        ]),
  ];
  const kind = merge<ServiceLayer>(layers).value.kind ?? 'deployment';
  const weakest = {
    value: defaults.serviceDefaults(kind, configuration.environments[environment]?.tier ?? 'production'),
    origin: (inside: Path) => ({ from: 'default' as const, path: inside }),
  };
  return { name, environment, kind, settings: merge<defaults.Settled>([weakest, ...layers], defaults.isSettled), path };
}

/** What each part of a service is made from. */
export type Reading = ServiceSettings &
  Readonly<{
    s: defaults.Settled;
    /** the value with the note of what said it */
    at: <Value>(value: Value, ...where: Path) => Noted<Value>;
    /** the place in the configuration that a setting comes from; the service itself for what nobody wrote */
    pathOf: (...where: Path) => Path;
    report: (finding: ModelFinding) => void;
  }>;

export function readingOf(of: ServiceSettings, report: Reading['report']): Reading {
  return {
    ...of,
    s: of.settings.value,
    at: (value, ...where) => new Noted(value, of.settings.originOf(where)),
    pathOf: (...where) => sourcePath(of.settings, where, of.path),
    report,
  };
}

/** The place in the configuration that a setting comes from; the service itself for what nobody wrote. */
export function sourcePath(settings: Settings<unknown>, where: Path, service: Path): Path {
  const origin = settings.originOf(where);
  return origin.from === 'configuration' || origin.from === 'preset' ? origin.path : service;
}

/** The entries of a map that are there, by name. */
export function sortedEntries<Value>(
  map: Readonly<Record<string, Value>> | null | undefined,
): [string, NonNullable<Value>][] {
  return Object.entries(map ?? {})
    .filter((entry): entry is [string, NonNullable<Value>] => entry[1] !== null && entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export function own<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
