/** One step into a value: a key of an object or an index of a list. */
export type Path = readonly (string | number)[];

const STEP = /\[([-+]?\d+)\]|\[("(?:[^"\\]|\\.)*")\]|(?:^|\.)([A-Za-z_$][\w$-]*)/y;

/** Writes a path as `services.web.hosts["a.b"].paths[0]`. */
export function pathText(path: Path): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number' || /^[-+]\d+$/.test(step)) text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Reads what `pathText` writes. The steps `-1` and `+1` of differences stay texts. @throws for what is no path */
export function readPath(text: string): Path {
  const path: (string | number)[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const [, index, quoted, name] = STEP.exec(text) ?? [];
    if (index !== undefined) path.push(/^\d/.test(index) ? Number(index) : index);
    else if (quoted !== undefined) path.push(JSON.parse(quoted) as string);
    else if (name !== undefined) path.push(name);
    else throw new Error(`${text} is no path`);
  }
  return path;
}
