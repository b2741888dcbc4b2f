import Domain
import Foundation
import NIOHTTP1
import Storage

/// One bucket, one server: each would take the pictures of another for left over, and delete them.
extension S3Store {
    private static let mark = ".wayside-owner"

    /// From now on nothing is written or deleted before this name was found in the bucket.
    package func require(owner: String) { claim.require(owner) }

    /// Writes this server's name into the bucket, or finds it there.
    ///
    /// - Returns: whether the bucket was empty and is this server's from now on.
    /// - Throws: `.conflict` when the bucket is another server's, or holds pictures without a name.
    @discardableResult
    package func claim(for owner: String) async throws -> Bool {
        do {
            let isNew = try await asking { try await self.look(for: owner) }
            claim.found(owner, isMine: true)
            return isNew
        } catch let failure as Failure where failure.code == .conflict {
            claim.found(owner, isMine: false)
            throw failure
        }
    }

    private func look(for owner: String) async throws -> Bool {
        if let found = try await name() {
            guard found == owner else { throw taken }
            return false
        }
        for prefix in ["pictures/", "originals/"] {
            guard try await !paths(prefix: prefix, after: nil, limit: 1).isEmpty else { continue }
            // They may be of somebody else in this very process, who was faster.
            guard try await name() == owner else { throw taken }
            return false
        }
        try await client.send(S3Request(.PUT, Self.mark).sending(owner))
        return true
    }

    /// Whose the bucket is; nil when it is no server's. Throws `S3Problem`. People write it too, and editors end a file with a new line.
    func name() async throws -> String? {
        do {
            let text = try await client.send(S3Request(.GET, Self.mark)) { try await self.client.text(of: $0) }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        } catch let problem as S3Problem where problem.isMissing {
            return nil
        }
    }

    private var taken: Failure {
        Failure(
            .conflict,
            "The bucket “\(bucket.name)” holds the pictures of another Wayside, and one would delete those of the other. "
                + "Take an empty bucket, or write the “owner” of storage.json into the object \(Self.mark) of this one."
        )
    }
}
