import { isObject } from '../../lib/json.ts';

/** A configuration as a person would write it: text for `platform.config.ts` that means exactly this value. */
export function asTypeScript(platform: unknown): string {
  return `import { definePlatform } from './lib/index.ts';\n\nexport default definePlatform(${written(platform, '')});\n`;
}

const WIDTH = 110;

function written(value: unknown, indent: string): string {
  if (!isObject(value) && !Array.isArray(value)) return JSON.stringify(value);
  const parts = Array.isArray(value)
    ? value.map((item) => written(item, `${indent}  `))
    : Object.entries(value).map(([key, item]) => `${nameOf(key)}: ${written(item, `${indent}  `)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  if (parts.length === 0) return open.trim() + close.trim();
  const line = `${open}${parts.join(', ')}${close}`;
  if (line.length + indent.length < WIDTH && !line.includes('\n')) return line;
  return `${open.trim()}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close.trim()}`;
}

function nameOf(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
