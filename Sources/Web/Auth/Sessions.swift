import Catalogue
import Domain
import Foundation
import Synchronization

/// Who a token belongs to. An answer is remembered for less than a second, so that a burst of tile requests costs one
/// read of the catalogue, and a revocation by another process still works within that second; what this process
/// changes takes effect at once (`forget`).
package final class Sessions: Sendable {
    /// A token that holds, with its account.
    package struct Holder: Hashable, Sendable {
        package let token: AccessToken
        package let account: Account
    }

    private struct Key: Hashable {
        let text: String
        let purpose: AccessToken.Purpose
    }

    private struct Memory {
        var holders: [Key: (holder: Holder, until: ContinuousClock.Instant)] = [:]
        /// Counts up at each `forget`, so that what was read before it is not remembered after it.
        var generation = 0
    }

    private let catalogue: Catalogue
    private let signer: TokenSigner
    private let memory = Mutex(Memory())
    private static let remembered: Duration = .milliseconds(500)
    private static let capacity = 10_000

    init(catalogue: Catalogue, signer: TokenSigner) {
        self.catalogue = catalogue
        self.signer = signer
    }

    /// - Throws: `.unauthenticated` when the token does not hold: forged, expired, revoked, made for another purpose,
    ///   or of a disabled account.
    package func holder(of text: String, purpose: AccessToken.Purpose) async throws -> Holder {
        let key = Key(text: text, purpose: purpose)
        let now = ContinuousClock.now
        let (known, generation) = memory.withLock { ($0.holders[key], $0.generation) }
        if let known, known.until > now, known.holder.token.isValid(at: Date()) { return known.holder }
        let id = try await signer.verify(text, purpose: purpose)
        guard let row = try await catalogue.tokens.find(id), row.token.purpose == purpose,
            row.token.isValid(at: Date()), !row.account.isDisabled
        else { throw TokenSigner.refused }
        let holder = Holder(token: row.token, account: row.account)
        memory.withLock { memory in
            guard memory.generation == generation else { return }
            if memory.holders.count >= Self.capacity { memory.holders.removeAll() }
            memory.holders[key] = (holder, now + Self.remembered)
        }
        return holder
    }

    /// Forgets everything; called after each request that may have changed something.
    package func forget() {
        memory.withLock { memory in
            memory.holders.removeAll(keepingCapacity: true)
            memory.generation += 1
        }
    }
}
