import type { Kind } from '../kinds/kind.ts';
import { gitops } from './gitops.ts';
import { infrastructure } from './infrastructure.ts';
import { source } from './source.ts';

/** Every kind of document, by the sort of repository it goes into. */
export const kinds: readonly Kind[] = [...gitops, ...infrastructure, ...source];
