import Domain

/// What was sent to other Waysides, and what it is there.
package struct PeerStore: Sendable {
    let engine: any SQLEngine

    /// A file that lies at another Wayside, or may.
    package struct Copy: Hashable, Sendable {
        package let name: String
        /// There.
        package let set: UploadSetID
        /// Bytes.
        package let size: Int64
        package let sha256: String
        /// There; nil while it is not known to be one that was made by this sending.
        package var picture: PictureID?

        package init(name: String, set: UploadSetID, size: Int64, sha256: String, picture: PictureID? = nil) {
            self.name = name
            self.set = set
            self.size = size
            self.sha256 = sha256
            self.picture = picture
        }
    }

    package func copy(_ name: String, at peer: String) async throws -> Copy? {
        try await engine.read { connection in
            try connection.first(
                """
                SELECT name, upload_set_id, size, sha256, picture_id FROM peer_copies
                WHERE peer = \(peer) AND name = \(name)
                """
            ) { row in
                Copy(name: row.text(), set: row.id(), size: row.int64(), sha256: row.text(), picture: row.optionalID())
            }
        }
    }

    /// The set there that takes what belongs together.
    package func set(of batch: String, at peer: String) async throws -> UploadSetID? {
        try await engine.read { connection in
            try connection.first(
                "SELECT upload_set_id FROM peer_copies WHERE peer = \(peer) AND batch = \(batch) LIMIT 1"
            ) { $0.id(UploadSetID.self) }
        }
    }

    /// In place of what was known of the name.
    package func note(_ copy: Copy, in batch: String, at peer: String) async throws {
        try await engine.write { connection in
            try connection.execute(
                """
                INSERT OR REPLACE INTO peer_copies (peer, name, batch, upload_set_id, size, sha256, picture_id)
                VALUES (\(peer), \(copy.name), \(batch), \(copy.set), \(copy.size), \(copy.sha256), \(copy.picture))
                """)
        }
    }

    package func forget(_ name: String, at peer: String) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM peer_copies WHERE peer = \(peer) AND name = \(name)")
        }
    }

    /// After a set was deleted there, the next file makes another.
    package func forget(_ set: UploadSetID, at peer: String) async throws {
        try await engine.write { connection in
            try connection.execute("DELETE FROM peer_copies WHERE peer = \(peer) AND upload_set_id = \(set)")
        }
    }
}
