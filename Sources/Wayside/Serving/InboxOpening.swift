import Catalogue
import Domain
import Foundation
import Inbox
import Intake
import Logging
import StorageS3

/// The inboxes that the settings name.
struct InboxOpening {
    let settings: Settings

    /// What is watched. The folder is made where it lies in the data folder.
    func places(_ logger: Logger) -> [any InboxPlace] {
        var places: [any InboxPlace] = []
        if let folder = settings.inbox.folder {
            if folder.hasPrefix("\(settings.data.path)/") {
                try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
            places.append(InboxFolder(path: folder))
        }
        if let place = settings.inbox.bucket {
            places.append(
                InboxBucket(
                    S3Store(bucket: place.bucket, logger: logger), prefix: place.prefix,
                    scratch: settings.data.scratch))
        }
        return places
    }

    func services(
        _ catalogue: Catalogue, _ intake: Intake, _ logger: Logger, taken: @escaping @Sendable () -> Void
    ) -> [InboxService] {
        places(logger).map { place in
            InboxService(
                InboxWatch(place, catalogue: catalogue, intake: intake, rules: settings.inbox.rules, logger: logger),
                interval: settings.inbox.rules.interval, taken: taken)
        }
    }
}
