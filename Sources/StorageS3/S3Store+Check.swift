import Domain
import Foundation
import NIOCore
import NIOHTTP1
import Storage

extension S3Store {
    /// Writes, reads, lists and deletes a small object. What `S3Problem` says of a refusal is the failure's cause.
    package func check() async throws {
        try await asking { try await self.probe(Self.probePath()) }
    }

    /// As `check`, with an object of that name; throws `S3Problem`.
    func probe(_ path: String) async throws {
        try await client.send(S3Request(.PUT, path).sending("wayside"))
        do {
            let text = try await client.send(S3Request(.GET, path)) { try await self.client.text(of: $0) }
            guard text == "wayside", try await paths(prefix: path, after: nil, limit: 1) == [path] else {
                throw S3Problem.strange("what was stored is not there")
            }
        } catch {
            try? await remove(path)
            throw error
        }
        try await remove(path)
    }

    /// What of the bucket would give away what is hidden or was deleted; sentences for the operator, none when all is
    /// well.
    package func exposures() async throws -> [String] {
        let path = Self.probePath()
        return try await asking {
            try await self.client.send(S3Request(.PUT, path).sending("wayside"))
            var found: [String] = []
            for (doing, request) in Self.trespasses(path) where try await self.isAllowed(request) {
                found.append("Anybody can \(doing) the bucket “\(self.bucket.name)”: make it private.")
            }
            for path in [path, "\(path)-stranger"] { try await self.remove(path) }
            if try await self.keepsVersions() {
                found.append(
                    "The bucket “\(self.bucket.name)” keeps old versions: what is deleted stays in it. "
                        + "Suspend versioning and remove the old versions.")
            }
            return found
        }
    }

    /// Removes the parts of uploads that a crash has left behind; how many.
    package func sweep(before moment: Date = .now.addingTimeInterval(-86_400)) async throws -> Int {
        try await asking { try await AbandonedParts(client: self.client).remove(before: moment) }
    }

    /// Writes this server's name into the bucket, or finds it there.
    ///
    /// - Throws: `.conflict` when the bucket is another server's, or holds pictures without a name: this one would take
    ///   them for left over.
    package func claim(for owner: String) async throws {
        let path = ".wayside-owner"
        try await asking {
            do {
                let found = try await self.client.send(S3Request(.GET, path)) { try await self.client.text(of: $0) }
                guard found == owner else { throw self.taken(path) }
            } catch let problem as S3Problem where problem.isMissing {
                for prefix in ["pictures/", "originals/"] {
                    guard try await self.paths(prefix: prefix, after: nil, limit: 1).isEmpty else {
                        throw self.taken(path)
                    }
                }
                try await self.client.send(S3Request(.PUT, path).sending(owner))
            }
        }
    }

    private func taken(_ path: String) -> Failure {
        Failure(
            .conflict,
            "The bucket “\(bucket.name)” holds the pictures of another Wayside, and one would delete those of the other. "
                + "Take an empty bucket, or write the “owner” of storage.json into the object \(path) of this one.")
    }

    /// A name that no object has.
    private static func probePath() -> String { ".wayside-check/\(Identifier<S3Store>().string)" }

    private static func trespasses(_ path: String) -> [(String, S3Request)] {
        [
            ("read from", S3Request(.GET, path)), ("list", S3Request(.GET, nil, query: [("list-type", "2")])),
            ("write to", S3Request(.PUT, "\(path)-stranger").sending("stranger")),
        ]
    }

    /// Whether it is done for somebody without any key.
    private func isAllowed(_ request: S3Request) async throws -> Bool {
        var request = request
        request.isSigned = false
        do {
            try await client.send(request)
            return true
        } catch let problem as S3Problem where problem.status > 0 && !problem.isPassing {
            return false
        }
    }

    /// False where the server knows nothing of versions.
    private func keepsVersions() async throws -> Bool {
        do {
            let answer = try await client.document(S3Request(.GET, nil, query: [("versioning", "")]))
            return answer.text("Status") == "Enabled"
        } catch let problem as S3Problem where problem.status >= 400 {
            return false
        }
    }
}
