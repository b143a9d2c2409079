import { writeFileSync } from 'node:fs';
import { platformJsonSchema } from '../lib/config/json-schema.ts';

// `npm run schema`: publishes the shape of a configuration; a test holds that it is fresh.
writeFileSync(new URL('../docs/platform.schema.json', import.meta.url), platformJsonSchema());
