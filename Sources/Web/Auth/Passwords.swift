import Crypto
import CryptoExtras
import Dispatch
import Domain
import Foundation

/// Hashes passwords with scrypt (RFC 7914), one at a time on a thread of its own: a burst of logins costs 32 MB of
/// memory and one core, not the server.
package struct Passwords: Sendable {
    /// The cost: 2^`logN` rounds of `blockSize` × 128 bytes, `parallelism` times.
    package struct Cost: Hashable, Sendable {
        package let logN: Int
        package let blockSize: Int
        package let parallelism: Int

        package init(logN: Int, blockSize: Int, parallelism: Int) {
            self.logN = logN
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MB and about a tenth of a second.
        package static let standard = Cost(logN: 15, blockSize: 8, parallelism: 3)
    }

    package static let minimumLength = 10
    package static let maximumLength = 200

    private let cost: Cost
    private let queue = DispatchQueue(label: "wayside.passwords")

    package init(cost: Cost = .standard) { self.cost = cost }

    /// Checks a new password; throws `.unprocessable` with the rule that is broken.
    package static func checkNew(_ password: String, accountName: String) throws {
        guard (minimumLength...maximumLength).contains(password.count) else {
            throw Failure(
                .unprocessable, "A password has \(minimumLength) to \(maximumLength) characters.",
                details: ["reason": "password_length"])
        }
        guard password.lowercased() != accountName.lowercased(), Set(password).count >= 4 else {
            throw Failure(
                .unprocessable, "This password is too easy to guess.", details: ["reason": "password_weak"])
        }
    }

    /// The text to store: `scrypt$logN$blockSize$parallelism$salt$key`, the last two in Base64.
    package func hash(_ password: String) async throws -> String {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
        let key = try await derive(password, salt: salt, cost: cost)
        return
            "scrypt$\(cost.logN)$\(cost.blockSize)$\(cost.parallelism)$\(salt.base64EncodedString())$\(key.base64EncodedString())"
    }

    /// Whether the password is the one that was hashed. `nil` (no such account) takes as long and is false.
    package func verify(_ password: String, against stored: String?) async throws -> Bool {
        guard let stored, let parsed = Parsed(stored) else {
            _ = try await derive(password, salt: Data(count: 16), cost: cost)
            return false
        }
        let key = try await derive(password, salt: parsed.salt, cost: parsed.cost)
        return Self.equal(key, parsed.key)
    }

    private struct Parsed {
        let cost: Cost
        let salt: Data
        let key: Data

        init?(_ text: String) {
            let parts = text.split(separator: "$", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6, parts[0] == "scrypt",
                let logN = Int(parts[1]), (1...24).contains(logN),
                let blockSize = Int(parts[2]), (1...32).contains(blockSize),
                let parallelism = Int(parts[3]), (1...16).contains(parallelism),
                let salt = Data(base64Encoded: parts[4]), let key = Data(base64Encoded: parts[5]), key.count == 32
            else { return nil }
            cost = Cost(logN: logN, blockSize: blockSize, parallelism: parallelism)
            self.salt = salt
            self.key = key
        }
    }

    private func derive(_ password: String, salt: Data, cost: Cost) async throws -> Data {
        // Unicode has several spellings of "é": one form, whatever the keyboard sent (RFC 8265 §4.2).
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8.prefix(4096))
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                do {
                    let key = try KDF.Scrypt.deriveKey(
                        from: bytes, salt: salt, outputByteCount: 32, rounds: 1 << cost.logN,
                        blockSize: cost.blockSize, parallelism: cost.parallelism)
                    continuation.resume(returning: key.withUnsafeBytes { Data($0) })
                } catch {
                    continuation.resume(
                        throwing: Failure(.internalError, "The password could not be checked.", underlying: error))
                }
            }
        }
    }

    /// Compares in a time that does not depend on where they differ.
    private static func equal(_ left: Data, _ right: Data) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(left, right) { difference |= a ^ b }
        return difference == 0
    }
}
