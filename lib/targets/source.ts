import type { Kind } from '../kinds/kind.ts';
import { workflow } from '../kinds/workflow/kind.ts';

/** What goes into each repository with code. */
export const source: readonly Kind[] = [workflow];
