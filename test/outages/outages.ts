/** A mistake of the sort that broke somebody's platform, made in the configuration of this repository. */
export type Outage = Readonly<{
  mistake: string;
  /** who had it, in words that can be looked up; nothing where it is everybody's */
  known?: string;
  /** texts that occur once, and what stands there instead */
  edits: readonly (readonly [from: string, to: string])[];
  /** what has to be told */
  code: string;
  /** what a person types instead, where that is not what stood there */
  mended?: readonly (readonly [from: string, to: string])[];
}>;

const inApi = (more: string): Outage['edits'] => [
  ["PUBLIC_URL: { self: 'publicUrl' },", `PUBLIC_URL: { self: 'publicUrl' }, ${more}`],
];
const API_PROBES = "probes: { startup: '/health', readiness: '/health', liveness: alive('/health') },";

export const outages: readonly Outage[] = [
  {
    mistake: 'backups of the production database are kept for a week',
    known: 'GitLab.com, 31 January 2017: a database was deleted, and of five ways to bring it back none worked',
    edits: [['backupRetentionDays: 35', 'backupRetentionDays: 7']],
    code: 'databases/production_backup',
  },
  {
    mistake: 'the production database has no replica in another zone any more',
    edits: [["          highAvailability: 'ZoneRedundant',\n", '']],
    code: 'change/lowered_protection',
  },
  {
    mistake: 'the server of the production database gets a nicer name',
    known: 'what Terraform calls "must be replaced": the data goes with it',
    edits: [["server: 'ani-prod-main'", "server: 'ani-production-main'"]],
    code: 'change/replaced_database',
  },
  {
    mistake: 'the production cluster gets a nicer name',
    known: 'Spotify, told at KubeCon Europe 2019: clusters deleted by a change of Terraform',
    edits: [["name: 'aks-ani-prod'", "name: 'aks-ani-production'"]],
    code: 'change/replaced_cluster',
  },
  {
    mistake: 'a Kubernetes release goes to production that staging never had',
    known: 'Reddit, 14 March 2023: an upgrade of Kubernetes took the site down for five hours',
    edits: [
      [
        "        kubernetesVersion: '1.36', // assumed\n        maintenance: { day: 'Thursday'",
        "        kubernetesVersion: '1.37', // assumed\n        maintenance: { day: 'Thursday'",
      ],
    ],
    code: 'upgrades/untried_version',
  },
  {
    mistake: 'all clusters are upgraded in the same night',
    known: 'Datadog, 8 March 2023: an automatic update reached every region at once',
    edits: [["maintenance: { day: 'Thursday', hour: 22 }", "maintenance: { day: 'Tuesday', hour: 22 }"]],
    code: 'upgrades/same_window',
  },
  {
    mistake: 'production keeps too few nodes',
    known: 'Amazon S3, 28 February 2017: a number in a command took away more servers than was meant',
    edits: [["size: 'Standard_D4s_v5', nodes: 4 }", "size: 'Standard_D4s_v5', nodes: 1 }"]],
    code: 'change/halved_capacity',
  },
  {
    mistake: 'a production service runs once',
    edits: [
      [
        "probes: { readiness: '/', liveness: alive('/') },",
        "probes: { readiness: '/', liveness: alive('/') },\n      replicaCount: 1,",
      ],
    ],
    code: 'services/single_replica',
  },
  {
    mistake: 'a unit is forgotten: 250 cores instead of a quarter of one',
    edits: [["requests: { cpu: '250m', memory: '512Mi' }", "requests: { cpu: '250', memory: '512Mi' }"]],
    code: 'services/fits_pool',
  },
  {
    mistake: 'Gi for Mi: each pod asks for half a terabyte',
    edits: [["requests: { cpu: '250m', memory: '512Mi' }", "requests: { cpu: '250m', memory: '512Gi' }"]],
    code: 'model/limits',
  },
  {
    mistake: 'a limit far above what is asked for: the node runs out of memory first',
    known: 'Zalando, told on k8s.af: DNS was down when its pods ran out of memory',
    edits: [
      [
        "cpu: '250m', memory: '512Mi' }, limits: { memory: '1Gi' }",
        "cpu: '250m', memory: '512Mi' }, limits: { memory: '12Gi' }",
      ],
    ],
    code: 'capacity/overcommitted_memory',
  },
  {
    mistake: 'a slow database restarts every pod at once',
    edits: [[API_PROBES, "probes: { startup: '/health', readiness: '/health', liveness: '/health' },"]],
    code: 'services/liveness_like_readiness',
  },
  {
    mistake: 'a pod stops while requests are still on their way to it',
    edits: [['preStopSeconds: 10', 'preStopSeconds: 0']],
    code: 'services/abrupt_stop',
  },
  {
    mistake: 'a password in a variable',
    known: 'Uber, 2016: keys in a repository opened the data of 57 million people',
    edits: inApi("API_PASSWORD: 'hunter2',"),
    code: 'secrets/plain_credential',
    mended: inApi("API_PASSWORD: { secret: 'JWT_SECRET' },"),
  },
  {
    mistake: 'a key under a name that says nothing',
    known: 'Toyota, 2022: a key in a public repository was valid for five years',
    edits: inApi(`T_CONNECT: '${['q7Rk2mZp', '9xTf4VbN', '1sLw8YcD'].join('')}',`),
    code: 'secrets/random_text',
    mended: inApi("T_CONNECT: { secret: 'JWT_SECRET' },"),
  },
  {
    mistake: 'staging talks to the database of production',
    edits: [
      [
        "in: { staging: { pool: 'etljobs' } },",
        "in: { staging: { pool: 'etljobs', envs: { DATABASE_HOST: 'ani-prod-main.postgres.database.azure.com' } } },",
      ],
    ],
    code: 'isolation/foreign_address',
  },
  {
    mistake: 'the connection to the database is not encrypted',
    edits: [["PGSSLMODE: 'require'", "PGSSLMODE: 'disable'"]],
    code: 'databases/unencrypted_connection',
  },
  {
    mistake: 'the image is whatever is called latest today',
    known: 'Knight Capital, 1 August 2012: one of eight servers ran other code than the rest',
    edits: [
      [
        "      image: 'ani-worker',\n      args: ['work'],",
        "      image: { repository: 'anitech.azurecr.io/ani-worker', tag: 'latest' },\n      args: ['work'],",
      ],
    ],
    code: 'delivery/mutable_tag',
  },
  {
    mistake: 'the image comes from where anybody is throttled',
    known: 'Docker Hub, since November 2020: pulls of anybody are limited, also those of a cluster that starts anew',
    edits: [
      [
        "      image: 'ani-worker',\n      args: ['work'],",
        "      image: { repository: 'docker.io/library/redis', tag: '8.2.1' },\n      args: ['work'],",
      ],
    ],
    code: 'delivery/public_image',
  },
  {
    mistake: 'a container runs as root',
    known: 'CVE-2019-5736: root in a container could become root on the node',
    edits: [[API_PROBES, `${API_PROBES}\n      security: { runAsUser: 0, runAsNonRoot: false },`]],
    code: 'services/root_user',
  },
  {
    mistake: 'an annotation that is code of the ingress controller',
    known: 'CVE-2021-25742: snippets read the secrets of the whole cluster',
    edits: [
      [
        'hosts: { api: {} },',
        "hosts: { api: {} }, ingress: { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'allow all;' } },",
      ],
    ],
    code: 'network/snippet_annotation',
  },
  {
    mistake: 'a public host is called otherwise',
    edits: [['hosts: { ws: {} }', 'hosts: { socket: {} }']],
    code: 'change/removed_host',
  },
  {
    mistake: 'a nightly job on the thirtieth of February',
    edits: [["cron: '30 2 * * *'", "cron: '30 2 30 2 *'"]],
    code: 'services/impossible_schedule',
  },
  {
    mistake: 'a job begins each minute and runs for two hours',
    edits: [
      [
        "schedule: { cron: '30 2 * * *', timeZone: 'Etc/UTC' }",
        "schedule: { cron: '* 2 * * *', timeZone: 'Etc/UTC', concurrency: 'Allow' }",
      ],
    ],
    code: 'services/overlapping_schedule',
  },
  {
    mistake: 'a misspelt node pool',
    edits: [["pool: 'etljobs'", "pool: 'etljob'"]],
    code: 'config/unknown-pool',
  },
  {
    mistake: 'a misspelt secret',
    edits: inApi("SIGNING: { secret: 'JWT_SECRT' },"),
    code: 'config/unknown-secret',
    mended: inApi("SIGNING: { secret: 'JWT_SECRET' },"),
  },
  {
    mistake: 'production is built from the branch that staging is built from',
    edits: [["branch: 'main'", "branch: 'staging'"]],
    code: 'isolation/untested_branch',
  },
  {
    mistake: 'two environments with one domain',
    edits: [["domain: 'ani.tech'", "domain: 'staging.ani.tech'"]],
    code: 'model/conflict',
  },
  {
    mistake: 'a network that has no room for its pods',
    edits: [["        podRange: '10.65.0.0/16'", "        podRange: '10.65.0.0/24'"]],
    code: 'model/limits',
  },
  {
    mistake: 'a file that grows to more than a node has',
    edits: [["size: '10Gi' } }, // what it loads", "size: '300Gi' } }, // what it loads"]],
    code: 'capacity/node_disk',
  },
];
