// What argocd-image-updater keeps up to date in one environment.
// s: { argocdNamespace, imageUpdater, repository: { branch, url }, updates: Delivery.updates of lib/model/model.ts, writeSecret }
//
// In the same sync wave as the Applications. After them it could wait forever: one whose first tag does not exist is healthy only
// when a tag has been written. Before them, they would wait for the updater's own definition of this object.

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
              // Otherwise only images in the Application's status are looked at: not one that runs no pods (a job, no replicas) or
              // has not started, nor the one that the configuration names now where another one runs.
              forceUpdate: true,
            },
            manifestTargets: { helm: { name: 'image.repository', tag: 'image.tag' } },
          },
        ],
      }
      for update in s.updates
    ],
  },
}
