import type { Kind } from '../kinds/kind.ts';
import { terragrunt } from '../kinds/terragrunt/kind.ts';
import { unitInputs } from '../kinds/unit-inputs/kind.ts';

/** What goes into the repository that Terragrunt runs in. */
export const infrastructure: readonly Kind[] = [...unitInputs, ...terragrunt];
