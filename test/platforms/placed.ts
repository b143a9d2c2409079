import { type Environment, type Layer, own, type Platform, type Service } from './changeable.ts';

export type Kind = 'deployment' | 'scheduledJob' | 'releaseJob';

/** A service in one environment: what its layers say, from the weakest to the strongest. */
export type Placed = Readonly<{
  name: string;
  service: Service;
  environment: string;
  ground: Environment;
  kind: Kind;
  layers: readonly Layer[];
}>;

/** Every place that a service is at, with the layers that speak there. */
export function placesOf({ presets = {}, services, environments }: Platform, only?: string): Placed[] {
  return Object.entries(services).flatMap(([name, service]) =>
    only !== undefined && name !== only
      ? []
      : Object.entries(environments).flatMap(([environment, ground]): Placed[] => {
          const here = own(service.in, environment);
          if (here === false) return [];
          const preset = service.preset === undefined ? undefined : own(presets, service.preset);
          const layers = [preset, service as Layer, here].filter((layer) => layer !== undefined);
          return [{ name, service, environment, ground, kind: kindOf(layers), layers }];
        }),
  );
}

export function kindOf(layers: readonly Layer[]): Kind {
  return (said(layers, 'kind') as Kind | null | undefined) ?? 'deployment';
}

/** What the strongest layer says that says anything. */
export function said<Key extends keyof Layer>(layers: readonly Layer[], key: Key): Layer[Key] {
  return layers.findLast((layer) => layer[key] !== undefined)?.[key];
}

/** A map of the layers, entry by entry; `null` takes away an entry, or all that was said before. */
export function entriesOf<Value>(layers: readonly Layer[], key: keyof Layer): Record<string, NonNullable<Value>> {
  let result: Record<string, NonNullable<Value>> = {};
  for (const layer of layers) {
    const map = layer[key] as Record<string, Value> | null | undefined;
    if (map === null) result = {};
    for (const [name, value] of Object.entries(map ?? {}))
      if (value === null) delete result[name];
      else result[name] = value as NonNullable<Value>;
  }
  return result;
}

/** Every layer with the places that it speaks at, presets first. One that speaks nowhere is checked as if it spoke everywhere. */
export function speakers(platform: Platform): { layer: Layer; places: Placed[] }[] {
  const byLayer = new Map<Layer, Placed[]>();
  for (const preset of Object.values(platform.presets ?? {})) byLayer.set(preset, []);
  for (const service of Object.values(platform.services)) byLayer.set(service as Layer, []);
  for (const placed of placesOf(platform))
    for (const layer of placed.layers) byLayer.set(layer, [...(byLayer.get(layer) ?? []), placed]);
  return [...byLayer].map(([layer, places]) => ({
    layer,
    places: places.length > 0 ? places : everywhere(layer, platform),
  }));
}

function everywhere(layer: Layer, { environments }: Platform): Placed[] {
  return Object.entries(environments).map(([environment, ground]) => ({
    name: '',
    service: layer as Service,
    environment,
    ground,
    kind: kindOf([layer]),
    layers: [layer],
  }));
}
