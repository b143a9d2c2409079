import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import type { Kind } from '../kind.ts';

/** Helm values of one service in one environment, for the chart `service`. */
export const values: Kind = {
  name: 'values',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  schema: () => schema,
  // From what the service is to where it runs: what people look for in this file stands first.
  keyOrder: [
    'name partOf apiVersion kind metadata',
    'replicaCount autoscaling minReplicas maxReplicas disruptionBudget schedule cron timeZone job',
    'envs secretEnvs sealedSecrets secretName command args ports',
    'ingress className issuer tlsSecret annotations hosts host paths path pathType port protocol',
    'probes startup readiness liveness http tcp resources requests limits',
    'volumes mountPath readOnly scheduling shutdown security serviceAccount workloadIdentity',
  ].flatMap((line) => line.split(' ')),
  comment: '#',
  list: (model) =>
    Object.values(model.services).flatMap(({ name, environments }) =>
      Object.values(environments).map(({ environment, directory }) => {
        const subject = ['services', name, 'environments', environment];
        return {
          target: model.gitops.name,
          path: `${directory}/${name}/values.yaml`,
          slice: { platform: ['name'], service: subject },
          subject,
          environment,
          service: name,
          patch: [...subject, 'extraHelmValues'],
        };
      }),
    ),
};

type ChartSchema = JsonObject & Readonly<{ required: readonly string[]; properties: JsonObject }>;

/** What the chart itself demands of its values, file by file: Helm checks all files merged, too late for the compiler. */
const chartSchema = JSON.parse(
  readFileSync(new URL('../../chart/values.schema.json', import.meta.url), 'utf8'),
) as ChartSchema;

/** Without `image`: it has a file of its own, which argocd-image-updater writes, and here it would be written twice. */
const schema: JsonObject = {
  ...chartSchema,
  title: 'Helm values of a service, without its image',
  required: chartSchema.required.filter((key) => key !== 'image'),
  properties: Object.fromEntries(Object.entries(chartSchema.properties).filter(([key]) => key !== 'image')),
};
