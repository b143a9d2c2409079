import { chosen, common, named, type Platform } from './changeable.ts';
import { placesOf, said, speakers } from './placed.ts';

export function settleImages(platform: Platform): void {
  const images = Object.values(platform.sources).flatMap((source) => Object.keys(source.images));
  const elsewhere = () => ({ repository: 'docker.io/library/busybox', tag: '1.37' });
  for (const { layer } of speakers(platform))
    if (typeof layer.image === 'string')
      layer.image = images.length === 0 ? elsewhere() : named(imageAt(images, layer.image));
  for (const { layers, service } of placesOf(platform))
    if (said(layers, 'image') == null && said(layers, 'before') == null) {
      for (const layer of layers.slice(-2)) if (layer.image === null) delete layer.image;
      if (said(layers, 'image') == null) service.image = images[0] === undefined ? elsewhere() : named(images[0]);
    }
}

function imageAt(images: readonly string[], drawn: string): string {
  return images.includes(drawn) ? drawn : (chosen(images, drawn) ?? '');
}

/** A release job comes before a deployment that is wherever the job is, and has its image. */
export function settleReleases(platform: Platform): void {
  for (const { layer, places } of speakers(platform)) {
    if (typeof layer.before !== 'string') continue;
    const candidates = common(
      places.map(({ environment }) =>
        placesOf(platform)
          .filter((other) => other.environment === environment && other.kind === 'deployment')
          .map(({ name }) => name),
      ),
    );
    const service = chosen(candidates, layer.before);
    if (service === undefined) delete layer.before;
    else layer.before = named(service);
  }
  for (const { layers, service } of placesOf(platform)) {
    if (said(layers, 'before') == null) continue;
    for (const layer of layers.slice(-2)) if (layer.image !== null) delete layer.image;
    if (said(layers, 'image') != null) service.image = null;
  }
  // What comes before something in one environment alone has no image in the others.
  for (const { layers, service } of placesOf(platform)) {
    if (said(layers, 'before') != null || said(layers, 'image') != null) continue;
    for (const layer of [...layers, ...Object.values(service.in ?? {})])
      if (layer !== false && layer.before !== undefined) delete layer.before;
  }
  settleImages(platform);
}
