import Domain
import Foundation

/// What is owed to one destination about one picture, claimed by a worker.
package struct OutboxEntry: Hashable, Sendable {
    package let routeID: RouteID
    package let destination: Int
    package let pictureID: PictureID
    /// What the picture was like when it was claimed; another one when it has changed since.
    package let version: Int
    package let isUrgent: Bool
    /// Tries that failed because of this picture.
    package let attempts: Int

    package init(
        routeID: RouteID, destination: Int, pictureID: PictureID, version: Int, isUrgent: Bool, attempts: Int
    ) {
        self.routeID = routeID
        self.destination = destination
        self.pictureID = pictureID
        self.version = version
        self.isUrgent = isUrgent
        self.attempts = attempts
    }
}
