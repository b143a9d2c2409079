// GitHub workflow that builds and pushes a repository's images for one environment.
// s: { workflow: Workflow of lib/model/model.ts }
//
// GitHub evaluates `${{ }}` wherever it stands, and puts it into scripts as text. So nothing from the model is inside of one but the name
// of the secret, which is capital letters, digits and `_`; scripts have no `${{ }}` at all and read variables.

local actions = import 'actions.json';
local uses(name) = name + '@' + actions[name].commit;

// Only what a tag may hold, beginning as a tag may begin, and short enough for what follows: nothing is cut from the run number.
local tag = |||
  set -euo pipefail
  name="$(printf '%s' "$GITHUB_REF_NAME" | tr -c 'A-Za-z0-9_.-' '-')"
  while [[ "$name" == [.-]* ]]; do name="${name:1}"; done
  ending="-${GITHUB_RUN_NUMBER}${TAG_SUFFIX}"
  name="${name:0:128 - ${#ending}}"
  printf 'tag=%s%s\n' "${name:-ref}" "$ending" >> "$GITHUB_OUTPUT"
  printf 'time=%s\n' "$(date +%s)" >> "$GITHUB_OUTPUT"
|||;

function(s) {
  local workflow = s.workflow,
  local targets = [image.target for image in workflow.images if image.target != null],

  name: workflow.name,
  on: {
    push: {
      branches: [workflow.branch],
      [if std.length(workflow.pathsIgnore) > 0 then 'paths-ignore']: workflow.pathsIgnore,
    },
  },
  permissions: {},
  // A push that was begun ends: half of its images would wait for the next one.
  // Each environment's runs by themselves: of runs that wait in one group GitHub keeps one only, and two may share a branch.
  concurrency: { group: 'images-${{ github.workflow }}-${{ github.ref }}', 'cancel-in-progress': false },
  jobs: {
    images: {
      name: 'image ${{ matrix.image }}',
      'runs-on': workflow.runner,
      'timeout-minutes': workflow.timeoutMinutes,
      environment: workflow.githubEnvironment,
      permissions: workflow.permissions,
      strategy: {
        'fail-fast': false,
        matrix: {
          include: [
            {
              image: image.name,
              context: image.context,
              file: image.dockerfile,
              [if image.target != null then 'target']: image.target,
            }
            for image in workflow.images
          ],
        },
      },
      steps: [
        {
          uses: uses('actions/checkout'),
          with: { 'persist-credentials': false },
        },
        {
          id: 'tag',
          name: 'tag and time of the images',
          shell: 'bash',
          // In the C locale a character that is not ASCII is several bytes, and none of them is a letter.
          env: { LC_ALL: 'C', TAG_SUFFIX: workflow.tagSuffix },
          run: tag,
        },
        {
          uses: uses('azure/login'),
          with: {
            'client-id': '${{ secrets.AZURE_CLIENT_ID }}',
            'subscription-id': '${{ secrets.AZURE_SUBSCRIPTION_ID }}',
            'tenant-id': '${{ secrets.AZURE_TENANT_ID }}',
          },
        },
        {
          // Right before the build: what it gets is good for three hours.
          name: 'log in to the registry',
          shell: 'bash',
          env: { REGISTRY: workflow.registry },
          run: 'az acr login --name "$REGISTRY"',
        },
        { uses: uses('docker/setup-buildx-action') },
        {
          uses: uses('docker/build-push-action'),
          // The time that the image says it was made at. From a cached layer it would have that of the layer, and a revert be older
          // than what it reverts: argocd-image-updater, which takes the newest image, would never deploy it.
          env: { SOURCE_DATE_EPOCH: '${{ steps.tag.outputs.time }}' },
          with: {
            context: '${{ matrix.context }}',
            file: '${{ matrix.file }}',
            [if std.length(targets) > 0 then 'target']: '${{ matrix.target }}',
            push: true,
            tags: '${{ secrets.' + workflow.loginServerSecret + ' }}/${{ matrix.image }}:${{ steps.tag.outputs.tag }}',
            // A cache for each image: in a common one the last to finish would overwrite the others'.
            'cache-from': 'type=gha,scope=${{ matrix.image }}',
            'cache-to': 'type=gha,scope=${{ matrix.image }},mode=max,ignore-error=true',
            provenance: 'mode=max',
            sbom: true,
          },
        },
      ],
    },
  },
}
