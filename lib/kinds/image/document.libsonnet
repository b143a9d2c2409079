// The image of one service in one environment. In a file of its own, because argocd-image-updater writes tags and one file has one
// writer. slice: { image: Service.image of lib/model/model.ts }
function(slice) { image: { repository: slice.image.repository, tag: slice.image.tag } }
