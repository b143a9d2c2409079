import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { Report } from './report.ts';
import { sarif } from './sarif.ts';
import { tap } from './tap.ts';
import { text } from './text.ts';

/** What a command's report can be turned into, by the name that `--format` takes: for people first, then for machines. */
export const formats = { text, json, sarif, junit, tap, github, markdown } satisfies Record<
  string,
  (report: Report) => string
>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];
