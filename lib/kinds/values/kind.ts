import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import type { Kind } from '../kind.ts';

/**
 * Helm values of one service in one environment, for the chart `service`. A job that comes before a service has its values in a file
 * of its own as well, nested: Helm merges the files that the service's Application names.
 */
export const values: Kind = {
  name: 'values',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  alike: true,
  schema: ({ patchAt }) => (patchAt === undefined ? schema : jobSchema),
  // From what the service is to where it runs: what people look for in this file stands first.
  keyOrder: [
    'name partOf apiVersion kind metadata',
    'replicaCount autoscaling minReplicas maxReplicas disruptionBudget releaseJobs schedule cron timeZone job',
    'envs secretEnvs sealedSecrets secretName command args ports',
    'ingress className issuer tlsSecret annotations hosts host paths path pathType port protocol',
    'probes startup readiness liveness http tcp resources requests limits',
    'volumes mountPath readOnly scheduling shutdown security serviceAccount workloadIdentity',
  ].flatMap((line) => line.split(' ')),
  list: (model) =>
    Object.values(model.services).flatMap(({ name, environments }) =>
      Object.values(environments).map(({ environment, directory, before }) => {
        const subject = ['services', name, 'environments', environment];
        return {
          target: model.gitops.name,
          path: `${directory}/${name}/values.yaml`,
          slice: { platform: ['name'], service: subject },
          subject,
          environment,
          service: name,
          patch: [...subject, 'extraHelmValues'],
          ...(before !== null && { patchAt: ['releaseJobs', name] }),
        };
      }),
    ),
};

type ChartSchema = JsonObject &
  Readonly<{ $schema: string; required: readonly string[]; properties: JsonObject; definitions: JsonObject }>;

/** What the chart itself demands of its values, file by file: Helm checks all files merged, too late for the compiler. */
const chartSchema = JSON.parse(
  readFileSync(new URL('../../chart/values.schema.json', import.meta.url), 'utf8'),
) as ChartSchema;

/** `image` is written by argocd-image-updater, and values of jobs are those of other services: here they would be written twice. */
const ELSEWHERE = ['image', 'releaseJobs'];

const schema: JsonObject = {
  ...chartSchema,
  title: 'the values file of the service',
  required: chartSchema.required.filter((key) => !ELSEWHERE.includes(key)),
  properties: Object.fromEntries(Object.entries(chartSchema.properties).filter(([key]) => !ELSEWHERE.includes(key))),
};

const { $schema, definitions, properties } = chartSchema;
const jobSchema: JsonObject = {
  $schema,
  definitions,
  title: 'Helm values of a job that comes before a service',
  type: 'object',
  additionalProperties: false,
  required: ['releaseJobs'],
  properties: { releaseJobs: properties.releaseJobs ?? false },
};
