import { z } from 'zod';
import { platform } from './schema.ts';

/**
 * The shape of a configuration as JSON Schema (draft-07), for tools that are not written in TypeScript. What only code can say (that
 * names exist, that ranges are apart) is not in it.
 */
export function platformJsonSchema(): string {
  const schema = z.toJSONSchema(platform, { target: 'draft-7', io: 'input', unrepresentable: 'any', reused: 'ref' });
  return `${JSON.stringify({ title: 'A platform', ...schema }, null, 2)}\n`;
}
