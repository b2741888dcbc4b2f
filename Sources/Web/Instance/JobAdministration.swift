import Catalogue
import Domain
import Foundation

/// What administrators do about jobs and pictures that failed; shared by the API and the pages. Each step is audited.
struct JobAdministration: Sendable {
    let services: WebServices

    /// Pictures tried again in one go.
    static let most = 1000

    /// Lets a job that waits be tried at once. Throws `.notFound`, `.conflict` while it is worked on.
    func retry(_ id: JobID, by viewer: Viewer) async throws {
        try await services.catalogue.jobs.hurry(id, by: viewer, at: services.clock())
        services.wake()
    }

    /// As `retry`, all that failed: of one reason, or of any. How many.
    func retryAll(reason: String?, by viewer: Viewer) async throws -> Int {
        let count = try await services.catalogue.jobs.hurryAll(reason: reason, by: viewer, at: services.clock())
        services.wake()
        return count
    }

    /// Tries broken pictures again: those named, or the newest that something is left of. How many.
    ///
    /// - Throws: `.notFound` and `.conflict` for one that is named alone and cannot be tried.
    func retryBroken(_ ids: [PictureID]?, by viewer: Viewer) async throws -> Int {
        let pictures = services.catalogue.pictures
        var chosen = ids ?? []
        if ids == nil { chosen = try await pictures.broken(limit: Self.most).filter(\.canRetry).map(\.id) }
        var count = 0
        for id in chosen.prefix(Self.most) {
            do {
                try await pictures.retry(id)
                count += 1
            } catch let failure as Failure where [.notFound, .conflict].contains(failure.code) && ids?.count != 1 {
                // Somebody else was quicker, or deleted it.
                continue
            }
        }
        guard count > 0 else { return 0 }
        let subject = chosen.count == 1 ? chosen[0].string : "pictures"
        try await services.catalogue.audit.record(
            "picture.retried", by: viewer, subject: subject, details: ["count": "\(count)"], at: services.clock())
        services.wake()
        return count
    }
}
