/** The first line in which two texts differ, from 1, as each has it; `undefined` where a text has ended. */
export type LineDifference = Readonly<{ line: number; is: string | undefined; made: string | undefined }>;

/** Compares what stands in a file with what was made for it. The two differ. */
export function lineDifference(standing: Buffer, made: Buffer): LineDifference {
  const [is, wanted] = [standing, made].map((text) => text.toString().split('\n')) as [string[], string[]];
  const index = wanted.findIndex((line, at) => line !== is[at]);
  const at = index === -1 ? wanted.length : index;
  return { line: at + 1, is: is[at], made: wanted[at] };
}
