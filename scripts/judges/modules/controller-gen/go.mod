module judge

go 1.27.0

require (
	github.com/argoproj-labs/argocd-image-updater v1.3.0
	github.com/argoproj/argo-cd/gitops-engine/v3 v3.6.1
	github.com/argoproj/argo-cd/v3 v3.6.1
	github.com/bitnami-labs/sealed-secrets v0.36.6
	sigs.k8s.io/controller-tools v0.21.0
)
