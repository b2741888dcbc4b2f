import Domain
import Foundation
import NIOHTTP1
import Storage

extension S3Store {
    package func list(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await asking { try await self.paths(prefix: prefix, after: after, limit: limit) }
    }

    /// S3 gives a thousand at a time.
    static let page = 1000

    func paths(prefix: String, after: String?, limit: Int) async throws -> [String] {
        try await objects(prefix: prefix, after: after, limit: limit).compactMap { $0.text("Key") }
    }

    /// What S3 says of each object.
    func objects(prefix: String, after: String?, limit: Int) async throws -> [XMLElement] {
        var found: [XMLElement] = []
        var token: String?
        while found.count < limit {
            var query = [(name: "list-type", value: "2"), (name: "prefix", value: prefix)]
            query.append((name: "max-keys", value: "\(min(Self.page, limit - found.count))"))
            if let token {
                query.append((name: "continuation-token", value: token))
            } else if let after {
                query.append((name: "start-after", value: after))
            }
            let page = try await client.document(S3Request(.GET, nil, query: query))
            guard page.name == "ListBucketResult" else { throw S3Problem.strange("no list of objects") }
            found += page.all("Contents")
            guard page.text("IsTruncated") == "true" else { break }
            token = page.text("NextContinuationToken")
            // Half of the names taken for all of them would be worse than none.
            guard token?.isEmpty == false else { throw S3Problem.strange("a list without its end") }
        }
        return found
    }

    package func delete(prefix: String) async throws {
        try await changing { try await self.removeAll(prefix) }
    }

    /// Deletes page by page, and looks again: that a server has said yes is not enough for what has to be gone. (SeaweedFS
    /// says it to a list of names that it could not read.)
    func removeAll(_ prefix: String) async throws {
        var first: String?
        var attempt = 1
        while true {
            let paths = try await paths(prefix: prefix, after: nil, limit: Self.page)
            guard !paths.isEmpty else { return }
            if paths.first == first {
                guard attempt < client.patience.attempts else { throw S3Problem.strange("what was deleted is there") }
                try await Task.sleep(for: client.patience.wait(after: attempt))
                attempt += 1
            }
            first = paths.first
            try await remove(paths)
        }
    }

    /// Deletes one object; none there is success.
    func remove(_ path: String) async throws {
        do {
            try await client.send(S3Request(.DELETE, path))
        } catch let problem as S3Problem where problem.isMissing {
            return
        }
    }

    /// Deletes up to a thousand objects with one request.
    private func remove(_ paths: [String]) async throws {
        guard paths.count > 1 else { return try await remove(paths[0]) }
        let names = paths.map { "<Object><Key>\(XMLText.escaped($0))</Key></Object>" }.joined()
        let answer = try await client.document(
            S3Request(.POST, nil, query: [("delete", "")]).sending("<Delete><Quiet>true</Quiet>\(names)</Delete>"))
        guard let error = answer.all("Error").first(where: { $0.text("Code") != "NoSuchKey" }) else { return }
        let problem = S3Problem(status: 500, error: error, headers: [:], bucket: client.bucket, at: .now)
        // What passes is seen when the rest is listed, and tried again.
        guard problem.isPassing else { throw problem }
    }
}
