/** What a copy of this repository needs so that its tests can run there; `node_modules` may be a link. */
export const COPIED = [
  ...['lib', 'policies', 'scripts', 'test', 'docs', 'out', 'package.json', 'tsconfig.json', 'README.md'],
  ...['platform.config.ts', 'platform.sealed.json', 'biome.json', 'CONTRIBUTING.md', 'LICENSE', '.gitignore'],
];
