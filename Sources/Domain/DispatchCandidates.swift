import Foundation

/// What cutting a batch into sequences works on.
package struct DispatchCandidates: Hashable, Sendable {
    package struct Candidate: Hashable, Sendable {
        package let id: PictureID
        /// The path in the upload set.
        package let path: String
        package let position: GeoPoint
        package let capturedAt: Date
        package let gpsTime: Date?
        package let cameraTime: Date?
        /// From the tags; nil when they say nothing.
        package let heading: Double?
        package let type: PictureType
        /// Its tags could be read, the rest could not: nothing is left out for its sake.
        package let isBroken: Bool

        package init(
            id: PictureID, path: String, position: GeoPoint, capturedAt: Date, gpsTime: Date?, cameraTime: Date?,
            heading: Double?, type: PictureType, isBroken: Bool = false
        ) {
            self.id = id
            self.path = path
            self.position = position
            self.capturedAt = capturedAt
            self.gpsTime = gpsTime
            self.cameraTime = cameraTime
            self.heading = heading
            self.type = type
            self.isBroken = isBroken
        }
    }

    package let set: UploadSet
    package let pictures: [Candidate]

    package init(set: UploadSet, pictures: [Candidate]) {
        self.set = set
        self.pictures = pictures
    }
}
