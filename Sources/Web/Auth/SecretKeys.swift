import Crypto
import Domain
import Foundation

/// The key of this instance, in a file of its own, and the sub-keys derived from it: one per purpose, so that what was
/// signed for one is worth nothing for another.
package struct SecretKeys: Sendable {
    /// What a sub-key is for.
    package enum Purpose: String, Sendable, CaseIterable {
        case login, api, cursor, embed, tus, receipt

        fileprivate var info: String { "wayside \(rawValue) v1" }
    }

    private let master: SymmetricKey
    /// Derived once: a page of a list needs its key at every request.
    private let keys: [Purpose: SymmetricKey]

    /// Reads `master.key` from the folder, or makes it (folder 0700, file 0600) at first start.
    ///
    /// - Throws: `.internalError` when it cannot be read or written, or is not 32 bytes.
    package init(folder: String) throws {
        let path = folder + "/master.key"
        do {
            let master = try Self.read(path) ?? Self.make(folder: folder, path: path)
            self.master = master
            keys = Dictionary(
                uniqueKeysWithValues: Purpose.allCases.map { ($0, Self.derive($0.info, from: master, bytes: 32)) })
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.internalError, "The secret key in \(folder) cannot be read or written.", underlying: error)
        }
    }

    /// The key for one purpose (HKDF-SHA256, RFC 5869).
    package func key(for purpose: Purpose) -> SymmetricKey {
        keys[purpose] ?? Self.derive(purpose.info, from: master, bytes: 32)
    }

    /// Names the master key without telling anything about it; the `kid` of every token.
    package var identifier: String {
        Self.derive("wayside key id v1", from: master, bytes: 6).withUnsafeBytes { HexadecimalText.of($0) }
    }

    private static func derive(_ info: String, from master: SymmetricKey, bytes: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: master, info: Data(info.utf8), outputByteCount: bytes)
    }

    private static func read(_ path: String) throws -> SymmetricKey? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        let data = try Data(contentsOf: URL(filePath: path))
        guard data.count == 32 else {
            throw Failure(.internalError, "\(path) is damaged: it must hold 32 bytes.")
        }
        return SymmetricKey(data: data)
    }

    /// Writes a new key under another name and links it into place: of two processes that start at once, one wins.
    private static func make(folder: String, path: String) throws -> SymmetricKey {
        let files = FileManager.default
        try files.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let key = SymmetricKey(size: .bits256)
        let temporary = "\(folder)/.\(UUID().uuidString)"
        let data = key.withUnsafeBytes { Data($0) }
        guard files.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600]) else {
            throw Failure(.internalError, "The secret key cannot be written to \(folder).")
        }
        defer { try? files.removeItem(atPath: temporary) }
        do {
            try files.linkItem(atPath: temporary, toPath: path)
            return key
        } catch {
            guard let other = try read(path) else { throw error }
            return other
        }
    }
}
