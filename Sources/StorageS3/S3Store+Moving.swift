import Domain
import NIOHTTP1
import Storage

extension S3Store {
    /// S3 can only copy and delete. In this order: what is left over under the new name goes, all is copied, a mark is
    /// set, the old names are deleted, and the mark. Begun anew after a crash, the mark tells that all copies are there
    /// already, so that none is taken for a left-over.
    package func move(prefix: String, to target: String) async throws {
        guard prefix.hasSuffix("/"), target.hasSuffix("/"), prefix != target else {
            throw Failure(.internalError, "What is moved within the store is a folder.")
        }
        let mark = "\(target.dropLast()).moving"
        try await changing {
            let old = try await self.all(prefix)
            guard !old.isEmpty else { return try await self.remove(mark) }
            if try await self.size(of: mark) == nil {
                let names = Set(old.map { $0.dropFirst(prefix.count) })
                let extra = try await self.all(target).filter { !names.contains($0.dropFirst(target.count)) }
                try await self.forEach(extra) { path in try await self.remove(path) }
                try await self.forEach(old) { path in
                    try await self.copy(path, to: target + path.dropFirst(prefix.count))
                }
                try await self.client.send(S3Request(.PUT, mark).sending(""))
            }
            try await self.removeAll(prefix)
            try await self.remove(mark)
        }
    }

    /// Within the bucket; its bytes do not come here.
    ///
    /// - Parameter tag: only if the object is still the one that has it.
    func copy(_ path: String, to target: String, tag: String? = nil) async throws {
        var request = S3Request(.PUT, target)
        if let tag { request.headers.append(("x-amz-copy-source-if-match", tag)) }
        request.headers.append(("x-amz-copy-source", "/\(client.bucket.name)/\(PercentEncoding.ofPath(path))"))
        guard try await client.document(request).text("ETag") != nil else { throw S3Problem.strange("no copy") }
    }

    private func all(_ prefix: String) async throws -> [String] {
        try await paths(prefix: prefix, after: nil, limit: .max)
    }
}
