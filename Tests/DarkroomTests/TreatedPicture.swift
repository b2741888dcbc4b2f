import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport

/// A picture treated in a folder of its own.
struct TreatedPicture {
    let development: TreatmentReply.Development
    private let folder: TemporaryFolder

    init(_ file: Data, _ policy: RedactionPolicy = RedactionPolicy(preset: .none)) throws {
        folder = try TemporaryFolder()
        let outcome = try Self.outcome(of: file, policy, in: folder)
        guard case .developed(let development) = outcome else {
            throw Failure(.internalError, "not developed: \(outcome)")
        }
        self.development = development
    }

    func file(_ kind: Derivative.Kind) throws -> Data {
        guard let written = development.files.first(where: { $0.derivative.kind == kind }) else {
            throw Failure(.notFound, "There is no \(kind).")
        }
        return try Data(contentsOf: URL(filePath: folder.file(written.name)))
    }

    var files: [Data] {
        get throws { try development.files.map { try file($0.derivative.kind) } }
    }

    static func outcome(
        of file: Data, _ policy: RedactionPolicy = RedactionPolicy(preset: .none), in folder: TemporaryFolder
    ) throws
        -> TreatmentReply.Outcome
    {
        let source = folder.file("source")
        try file.write(to: URL(filePath: source))
        return try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .develop, source: source, outputFolder: folder.path,
                policy: policy,
                maximumPixels: 150_000_000))
    }
}
