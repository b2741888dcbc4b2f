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
            var found: [String] = []
            do {
                try await self.client.send(S3Request(.PUT, path).sending("wayside"))
                for (doing, request) in try await self.trespasses(path) where try await self.isAllowed(request) {
                    let sentence = "Anybody can \(doing) the bucket “\(self.bucket.name)”: make it private."
                    if !found.contains(sentence) { found.append(sentence) }
                }
            } catch {
                for path in Self.probes(path) { try? await self.remove(path) }
                throw error
            }
            for path in Self.probes(path) { try await self.remove(path) }
            if try await self.keepsVersions() {
                found.append(
                    "The bucket “\(self.bucket.name)” keeps old versions: what is deleted stays in it. "
                        + "Suspend versioning and remove the old versions.")
            }
            return found
        }
    }

    /// Removes what a crash has left behind: parts of uploads, and objects that were to try the bucket; how many.
    package func sweep(before moment: Date = .now.addingTimeInterval(-86_400)) async throws -> Int {
        try await changing {
            let probes = try await self.probes(before: moment)
            for path in probes { try await self.remove(path) }
            return try await AbandonedParts(client: self.client).remove(before: moment) + probes.count
        }
    }

    /// A thousand at most: the next time there are fewer.
    private func probes(before moment: Date) async throws -> [String] {
        let query = [(name: "list-type", value: "2"), (name: "prefix", value: Self.probeFolder)]
        return try await client.document(S3Request(.GET, nil, query: query)).all("Contents").compactMap { object in
            guard let path = object.text("Key"), path.hasPrefix(Self.probeFolder),
                let time = S3Time.read(object.text("LastModified") ?? ""), time < moment
            else { return nil }
            return path
        }
    }

    /// A name that no object has.
    private static func probePath() -> String { "\(probeFolder)\(Identifier<S3Store>().string)" }

    private static let probeFolder = ".wayside-check/"

    /// Of its own, and where a stranger tries to write.
    private static func probes(_ path: String) -> [String] { [path, "\(path)-stranger"] }

    /// Whoever opens a bucket may have opened a folder of it alone: what is in there is asked for too.
    private func trespasses(_ path: String) async throws -> [(String, S3Request)] {
        var requests = [("read from", S3Request(.GET, path)), ("list", Self.listing(""))]
        for prefix in ["pictures/", "originals/"] {
            requests.append(("list", Self.listing(prefix)))
            guard let first = try await paths(prefix: prefix, after: nil, limit: 1).first else { continue }
            requests.append(("read from", Self.reading(first, 0..<1)))
        }
        requests.append(("write to", S3Request(.PUT, "\(path)-stranger").sending("stranger")))
        return requests
    }

    private static func listing(_ prefix: String) -> S3Request {
        S3Request(.GET, nil, query: [("list-type", "2"), ("prefix", prefix), ("max-keys", "1")])
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
        } catch let problem as S3Problem where problem.status >= 400 && !problem.isPassing {
            return false
        }
    }
}
