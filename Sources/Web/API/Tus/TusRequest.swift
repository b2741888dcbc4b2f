import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Intake

/// The numbers and checksums of tus in a request's header.
extension Request {
    static let tusType = "application/offset+octet-stream"

    /// Whether it brings bytes of a file; throws `.unsupportedMedia` for any other body.
    func bringsPart() throws -> Bool {
        guard hasBody else { return false }
        let type = (headers[.contentType] ?? "").split(separator: ";").first.map { String($0).trimmed.lowercased() }
        guard type == Self.tusType else {
            throw Failure(.unsupportedMedia, "Send parts of a file as \(Self.tusType).")
        }
        return true
    }

    /// A number of bytes; throws `.invalid` when it is missing or none.
    func bytes(_ name: HTTPField.Name) throws -> Int64 {
        guard let text = headers[name], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(text)
        else { throw Failure(.invalid, "\(name.rawName) is a whole number of bytes, and has to be there.") }
        return count
    }

    /// `Upload-Checksum: sha256 …` (extension Checksum); throws `.invalid` for what cannot be read.
    func partChecksum() throws -> PartChecksum? {
        guard let text = headers[.uploadChecksum] else { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let algorithm = PartChecksum.Algorithm(rawValue: parts[0].lowercased()),
            let digest = Data(base64Encoded: String(parts[1]))
        else {
            let known = PartChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .invalid, "Upload-Checksum is one of \(known), and the checksum in base64.",
                details: ["reason": "checksum_algorithm"])
        }
        return PartChecksum(algorithm, digest: Array(digest))
    }
}
