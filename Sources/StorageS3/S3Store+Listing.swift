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
        var found: [String] = []
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
            found += page.all("Contents").compactMap { $0.text("Key") }
            token = page.text("NextContinuationToken")
            guard page.text("IsTruncated") == "true", token?.isEmpty == false else { break }
        }
        return found
    }

    package func delete(prefix: String) async throws {
        try await asking {
            var last: String?
            repeat {
                let paths = try await self.paths(prefix: prefix, after: last, limit: Self.page)
                try await self.delete(paths)
                last = paths.count < Self.page ? nil : paths.last
            } while last != nil
        }
    }

    /// Deletes up to a thousand objects with one request; those that are not there are success.
    func delete(_ paths: [String]) async throws {
        var rest = paths
        var attempt = 1
        while !rest.isEmpty {
            let names = rest.map { "<Object><Key>\(XMLText.escaped($0))</Key></Object>" }.joined()
            let answer = try await client.document(
                S3Request(.POST, nil, query: [("delete", "")]).sending("<Delete><Quiet>true</Quiet>\(names)</Delete>"))
            let errors = answer.all("Error").filter { $0.text("Code") != "NoSuchKey" }
            guard let first = errors.first else { return }
            let problem = S3Problem(
                status: 500, error: first, headers: [:], bucket: client.bucket, at: .now)
            guard attempt < client.patience.attempts else { throw problem }
            rest = errors.compactMap { $0.text("Key") }
            try await Task.sleep(for: client.patience.wait(after: attempt))
            attempt += 1
        }
    }
}
