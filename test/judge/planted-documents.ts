import { type Fault, faultyDocument } from './fault.ts';

const workflow = {
  on: { push: { branches: ['main'] } },
  permissions: {},
  concurrency: { group: 'images', 'cancel-in-progress': false },
  jobs: { images: { permissions: { contents: 'read', 'id-token': 'write' } } },
};
const ofWorkflow = {
  kind: 'workflow',
  file: 'shop/.github/workflows/blue.yaml',
  environment: 'blue',
  service: null,
};

/** Of the rules on documents. */
export const plantedDocuments: readonly Fault[] = [
  faultyDocument('delivery/foreign_trigger', {
    ...ofWorkflow,
    value: { ...workflow, on: { ...workflow.on, pull_request_target: null } },
    at: 'on',
    message: 'workflow `shop/.github/workflows/blue.yaml` starts on `pull_request_target`, not on pushes alone',
  }),
  faultyDocument('delivery/missing_concurrency', {
    ...ofWorkflow,
    value: { ...workflow, concurrency: { group: 'images', 'cancel-in-progress': true } },
    at: 'concurrency.cancel-in-progress',
    message: 'a run of workflow `shop/.github/workflows/blue.yaml` is stopped half-way by the next one',
  }),
  faultyDocument('delivery/open_registry', {
    ...{ kind: 'unit-inputs', file: 'acme-infra/live/shared/registry/inputs.generated.json' },
    ...{ environment: null, service: null },
    value: { inputs: { admin_enabled: true, anonymous_pull_enabled: false } },
    at: 'inputs.admin_enabled',
    message: 'the registry has `admin_enabled`: whoever has one password may push and pull everything',
  }),
  faultyDocument('delivery/workflow_permissions', {
    ...ofWorkflow,
    value: { ...workflow, jobs: { images: { permissions: { contents: 'write', 'id-token': 'write' } } } },
    at: 'jobs.images.permissions.contents',
    message: 'job `images` of workflow `shop/.github/workflows/blue.yaml` may write `contents`',
  }),
  faultyDocument('secrets/local_accounts', {
    ...{ kind: 'unit-inputs', file: 'acme-infra/live/blue/cluster/inputs.generated.json' },
    ...{ environment: 'blue', service: null },
    value: { inputs: { disable_local_accounts: false, enable_rbac: true } },
    at: 'inputs.disable_local_accounts',
    message:
      'extra inputs let people into the cluster of `blue`, a production environment, past Entra ID: `disable_local_accounts` is false',
  }),
];
