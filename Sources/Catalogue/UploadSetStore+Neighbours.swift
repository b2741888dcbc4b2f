import Domain
import Foundation

/// Where the pictures of an upload set are that were put somewhere else than their files came in: sequences of several sets
/// that were merged, pictures that were moved to another camera label.
package struct UploadSetNeighbours: Hashable, Sendable {
    /// Another set, and how many pictures the two have to do with.
    package struct Neighbour: Hashable, Sendable {
        package let id: UploadSetID
        package let title: String
        package let pictures: Int
    }

    /// Sets that have pictures of this one's files now.
    package let takers: [Neighbour]
    /// Sets whose files became pictures of this one.
    package let givers: [Neighbour]

    package static let none = UploadSetNeighbours(takers: [], givers: [])

    package var given: Int { takers.reduce(0) { $0 + $1.pictures } }
    package var taken: Int { givers.reduce(0) { $0 + $1.pictures } }
}

extension UploadSetStore {
    /// Neighbours that are told of, each way.
    private static let mostNeighbours = 20

    /// As far as the viewer sees those sets and their pictures. Looks at each file of the set.
    package func neighbours(of id: UploadSetID, viewer: Viewer) async throws -> UploadSetNeighbours {
        try await engine.read { connection in
            let pictures = try Self.openness(of: id, to: viewer, connection).pictures
            func neighbours(_ own: StaticString, _ other: StaticString) throws -> [UploadSetNeighbours.Neighbour] {
                try connection.rows(
                    """
                    SELECT u.id, u.title, COUNT(DISTINCT p.id)
                    FROM pictures p JOIN upload_files f ON f.picture_id = p.id
                    JOIN upload_sets u ON u.id = \(raw: other).upload_set_id
                    WHERE \(raw: own).upload_set_id = \(id) AND \(raw: other).upload_set_id <> \(id)
                        AND f.rejection_reason IS NULL AND p.erased_at IS NULL AND u.erased_at IS NULL\(pictures)
                        AND \(Sight(viewer).manages("u")) AND \(Self.isOpen(to: viewer))
                    GROUP BY u.id, u.title, u.created_at ORDER BY u.created_at, u.id LIMIT \(Self.mostNeighbours)
                    """
                ) { .init(id: $0.id(), title: $0.text(), pictures: $0.int()) }
            }
            return UploadSetNeighbours(takers: try neighbours("f", "p"), givers: try neighbours("p", "f"))
        }
    }
}
