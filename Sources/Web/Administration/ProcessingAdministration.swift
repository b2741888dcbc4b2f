import Catalogue
import Domain
import Foundation

/// What administrators decide about the first processing of labels; shared by the API, the pages and the command line. Each
/// step is audited.
package struct ProcessingAdministration: Sendable {
    private let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// Changes the rule, for pictures that are worked on from now on.
    ///
    /// - Parameters:
    ///   - settings: by name; in the order of `ProcessingSetting`.
    ///   - logo: a PNG; empty: the one that is there goes; nil: it stays.
    /// - Throws: `.unprocessable` with what is wrong, and then nothing is changed; `.notFound` for the label.
    @discardableResult
    package func change(
        _ label: CameraLabelID, _ settings: [ProcessingSetting: String], logo: Data? = nil, by viewer: Viewer
    ) async throws -> FirstProcessing {
        if let logo, !logo.isEmpty { try Self.check(logo) }
        return try await catalogue.processing.change(label, logo: logo, by: viewer, at: Date()) { rule in
            for setting in ProcessingSetting.allCases {
                if let text = settings[setting] { try setting.set(text, in: &rule) }
            }
            if let logo, logo.isEmpty { rule.logo = nil }
            rule = try rule.validated()
        }
    }

    /// Has the pictures that are here made anew.
    package func rerun(_ label: CameraLabelID, by viewer: Viewer) async throws -> ProcessingStore.Reach {
        try await catalogue.processing.rerun(label, by: viewer, at: Date())
    }

    /// By its first bytes alone (PNG, third edition, 5.2 and 11.2.2); the darkroom reads the rest.
    private static func check(_ logo: Data) throws {
        guard logo.count <= LogoPlace.largestFile else { throw tooLarge }
        let bytes = [UInt8](logo.prefix(24))
        guard bytes.count == 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            Array(bytes[12..<16]) == Array("IHDR".utf8)
        else {
            throw Failure(.unprocessable, "A logo is a PNG picture.", details: ["reason": "bad_logo"])
        }
        let sides = 1...LogoPlace.longestSide
        guard let size = size(ofLogo: logo), sides.contains(size.width), sides.contains(size.height) else {
            throw tooLarge
        }
    }

    /// Width and height of a logo that was taken, in pixels.
    package static func size(ofLogo png: Data) -> (width: Int, height: Int)? {
        let bytes = [UInt8](png.prefix(24))
        guard bytes.count == 24 else { return nil }
        let side = { (at: Int) in bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (side(16), side(20))
    }

    private static let tooLarge = Failure(
        .unprocessable, "A logo has up to 512 KB and 4096 pixels each way.", details: ["reason": "large_logo"])
}
