import Catalogue
import Domain
import Foundation

/// What administrators decide about hotlinks; shared by the API, the pages and the command line. Each step is audited.
package struct HotlinkAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// - Parameter confirmsPublic: must be true to switch on what was off: everybody sees pictures from then on.
    /// - Throws: `.unprocessable` for odd times and without the confirmation, `.notFound` for the label.
    package func set(
        _ hotlink: Hotlink, of label: CameraLabelID, confirmsPublic: Bool, by viewer: Viewer
    ) async throws {
        if hotlink.isEnabled, !confirmsPublic, try await !catalogue.hotlinks.find(label).isEnabled {
            throw Self.confirmationNeeded
        }
        _ = try await catalogue.hotlinks.set(hotlink, of: label, by: viewer, at: Date())
    }

    private static let confirmationNeeded = Failure(
        .unprocessable,
        "A hotlink publishes the newest picture of the camera label: everybody on the internet who can reach this "
            + "server sees it, without a login, and so each one that comes. Confirm it.",
        details: ["reason": "confirmation_needed"])

    /// Where a label's newest picture is found, below the server's address.
    package static func paths(of label: CameraLabel) -> [String] {
        Hotlink.sizes.map { "/hotlink/\(URLText.encode(label.name))/\($0.text).jpg" }
    }
}
