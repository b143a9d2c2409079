// What argocd-image-updater keeps up to date in one environment.
// s: { argocdNamespace, imageUpdater, repository: { branch, url }, updates: Delivery.updates of lib/model/model.ts, writeSecret }

// Its default is to write parameters into the Application, which Git would not know of.
local method(s) = 'git:secret:' + s.writeSecret;

function(s) {
  apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
  kind: 'ImageUpdater',
  metadata: {
    name: s.imageUpdater,
    // It sees Applications of its own namespace only.
    namespace: s.argocdNamespace,
    annotations: {
      // Argo CD may be there before the updater, and with it this kind of object.
      'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
      'argocd.argoproj.io/sync-wave': '10',
    },
  },
  spec: {
    writeBackConfig: {
      method: method(s),
      gitConfig: { repository: s.repository.url, branch: s.repository.branch },
    },
    applicationRefs: [
      {
        namePattern: update.application,
        writeBackConfig: {
          method: method(s),
          gitConfig: { branch: s.repository.branch, writeBackTarget: update.writeBackTarget },
        },
        images: [
          {
            alias: 'service',
            imageName: update.image,
            commonUpdateSettings: {
              // The default, semver, cannot read our tags, and by alphabet 9 comes after 10.
              updateStrategy: 'newest-build',
              allowTags: update.allowTags,
              [if update.forceUpdate then 'forceUpdate']: true,
            },
            manifestTargets: { helm: { name: 'image.repository', tag: 'image.tag' } },
          },
        ],
      }
      for update in s.updates
    ],
  },
}
