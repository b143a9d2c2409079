import { rootProject, servicesProject } from '../kinds/app-project/kind.ts';
import { application } from '../kinds/application/kind.ts';
import { chart } from '../kinds/chart/kind.ts';
import { extraManifest, extraManifestsApplication } from '../kinds/extra-manifest/kind.ts';
import { fixedImage, image } from '../kinds/image/kind.ts';
import { imageUpdater } from '../kinds/image-updater/kind.ts';
import type { Kind } from '../kinds/kind.ts';
import { rootApplication } from '../kinds/root-application/kind.ts';
import { namespace } from '../kinds/root-application/namespace.ts';
import { values } from '../kinds/values/kind.ts';

/** What goes into the repository that Argo CD watches. */
export const gitops: readonly Kind[] = [
  chart,
  values,
  image,
  fixedImage,
  application,
  extraManifest,
  extraManifestsApplication,
  servicesProject,
  rootProject,
  namespace,
  rootApplication,
  imageUpdater,
];
