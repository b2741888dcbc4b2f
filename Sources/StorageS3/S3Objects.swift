import Domain
import Foundation
import NIOHTTP1
import Storage

/// Objects of a bucket by their names, as others give them. Throws `Failure` only.
package struct S3Objects: Sendable {
    private let store: S3Store

    package init(_ store: S3Store) { self.store = store }

    /// One object as it is listed.
    package struct Listed: Hashable, Sendable {
        package let path: String
        /// Bytes.
        package let size: Int64
        /// Changes with its bytes.
        package let tag: String

        package init(path: String, size: Int64, tag: String) {
            self.path = path
            self.size = size
            self.tag = tag
        }
    }

    /// What is under a prefix, one level deep.
    package struct Level: Hashable, Sendable {
        package var objects: [Listed] = []
        /// Each ends in `/`.
        package var prefixes: [String] = []
    }

    /// All objects under the prefix, in order of their names.
    package func all(under prefix: String) async throws -> [Listed] {
        try await list(prefix, delimiter: nil).objects
    }

    /// Objects directly under the prefix, and the prefixes below it.
    package func level(under prefix: String) async throws -> Level { try await list(prefix, delimiter: "/") }

    /// The object's bytes; `.notFound` when it is gone, `.conflict` when it was replaced.
    package func read(_ object: Listed) async throws -> ObjectBytes {
        do {
            return try await store.asking { try await store.bytes(object.path, nil, tag: object.tag) }
        } catch let failure as Failure {
            throw Self.isReplaced(failure) ? Failure(.conflict, "The object was replaced.") : failure
        }
    }

    /// Copies it within the bucket; whether it was still there and the same.
    package func copy(_ object: Listed, to target: String) async throws -> Bool {
        do {
            try await store.asking { try await store.copy(object.path, to: target, tag: object.tag) }
            return true
        } catch let failure as Failure where Self.isReplaced(failure) || failure.code == .notFound {
            return false
        }
    }

    /// None there is success.
    package func remove(_ path: String) async throws {
        try await store.asking { try await store.remove(path) }
    }

    package func write(_ text: String, to path: String) async throws {
        try await store.asking { try await store.client.send(S3Request(.PUT, path).sending(text)) }
    }

    package func isThere(_ path: String) async throws -> Bool {
        try await store.asking { try await store.size(of: path) != nil }
    }

    private static func isReplaced(_ failure: Failure) -> Bool {
        (failure.underlying as? S3Problem)?.status == 412
    }

    private func list(_ prefix: String, delimiter: String?) async throws -> Level {
        try await store.asking {
            var level = Level()
            var token: String?
            repeat {
                var query = [(name: "list-type", value: "2"), (name: "prefix", value: prefix)]
                if let delimiter { query.append((name: "delimiter", value: delimiter)) }
                if let token { query.append((name: "continuation-token", value: token)) }
                let page = try await store.client.document(S3Request(.GET, nil, query: query))
                guard page.name == "ListBucketResult" else { throw S3Problem.strange("no list of objects") }
                level.objects += page.all("Contents").compactMap(Self.object)
                level.prefixes += page.all("CommonPrefixes").compactMap { $0.text("Prefix") }
                guard page.text("IsTruncated") == "true" else { break }
                token = page.text("NextContinuationToken")
                guard token?.isEmpty == false else { throw S3Problem.strange("a list without its end") }
            } while true
            return level
        }
    }

    /// What stands for a folder has a name that ends in `/`, and is none.
    private static func object(_ element: XMLElement) -> Listed? {
        guard let path = element.text("Key"), !path.hasSuffix("/"),
            let size = element.text("Size").flatMap({ Int64($0) })
        else { return nil }
        return Listed(path: path, size: size, tag: element.text("ETag") ?? "")
    }
}
