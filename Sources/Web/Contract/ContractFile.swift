import Crypto
import Domain
import Foundation
import Synchronization

/// The contract as it lies on the disk and as JSON, read once for each path.
package struct ContractFile: Sendable {
    package let contract: Contract
    let yaml: [UInt8]
    let json: [UInt8]
    let modified: Date

    private static let known = Mutex<[String: ContractFile]>([:])

    /// - Throws: `.internalError` when the file is missing or cannot be read.
    package static func at(_ path: String) throws -> ContractFile {
        if let file = known.withLock({ $0[path] }) { return file }
        let file = try ContractFile(path: path)
        known.withLock { $0[path] = file }
        return file
    }

    private init(path: String) throws {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            yaml = Array(data)
            contract = try Contract(yaml: String(decoding: data, as: UTF8.self))
            json = contract.document.bytes
            modified = attributes[.modificationDate] as? Date ?? .distantPast
        } catch {
            throw Failure(.internalError, "The contract of the API cannot be read from \(path).", underlying: error)
        }
    }

    static func tag(of bytes: [UInt8]) -> EntityTag {
        EntityTag(HexadecimalText.of(SHA256.hash(data: bytes).prefix(16)))
    }
}
