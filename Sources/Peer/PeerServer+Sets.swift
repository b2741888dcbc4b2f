import Domain
import Foundation
import NIOHTTP1

/// Upload sets of the other server.
extension PeerServer {
    /// A set that is to be there.
    package struct SetRequest: Sendable {
        package let title: String
        /// The camera label; nil for the one that a folder in the title is called like.
        package let label: String?
        /// By which it is known again; nobody else makes sets of this key.
        package let key: String
        /// What was done to the pictures before they are sent.
        package let lineage: String?
        /// Pictures that lack their place or time wait there to be told, instead of being refused.
        package let holdsUnplaced: Bool

        package init(title: String, label: String?, key: String, lineage: String? = nil, holdsUnplaced: Bool = false) {
            self.title = title
            self.label = label
            self.key = key
            self.lineage = lineage
            self.holdsUnplaced = holdsUnplaced
        }
    }

    private struct Metadata: Codable {
        let wayside: String?
    }

    private struct Body: Encodable {
        let title: String
        let label: String?
        let metadata: Metadata
        let lineage: String?
        /// Not said where it is not asked for: an older server would refuse what it does not know.
        let holdsUnplaced: Bool?

        enum CodingKeys: String, CodingKey {
            case title, metadata
            case holdsUnplaced = "hold_unplaced"
            case label = "camera_label"
            case lineage = "processing:lineage"
        }
    }

    private struct Document: Decodable {
        let id: String
        /// Others may have put anything there.
        let key: String?

        enum CodingKeys: String, CodingKey { case id, metadata }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            key = (try? container.decodeIfPresent(Metadata.self, forKey: .metadata))??.wayside
        }
    }

    private struct List: Decodable {
        let sets: [Document]

        enum CodingKeys: String, CodingKey { case sets = "upload_sets" }
    }

    /// The set of this key, if it is not cut into sequences yet; else a new one. So one whose making was not heard of
    /// is found again.
    package func set(_ request: SetRequest) async throws -> UploadSetID {
        let open = try await json(List.self, .GET, "/api/users/me/upload_sets?limit=1000")
        if let known = open.sets.first(where: { $0.key == request.key }), let id = UploadSetID(known.id) { return id }
        let body = Body(
            title: request.title, label: request.label, metadata: Metadata(wayside: request.key),
            lineage: request.lineage, holdsUnplaced: request.holdsUnplaced ? true : nil)
        let made = try await json(Document.self, .POST, "/api/upload_sets", try JSONEncoder().encode(body))
        guard let id = UploadSetID(made.id) else {
            throw Failure(.unavailable, "\(address) answers something that no Wayside answers.")
        }
        return id
    }

    /// Says that all is there. One that was deleted is success.
    package func complete(_ set: UploadSetID) async throws {
        do {
            _ = try await json(Document.self, .POST, "/api/upload_sets/\(set)/complete")
        } catch let failure as Failure where failure.code == .notFound {
            return
        }
    }

    private struct Known: Decodable {
        struct File: Decodable {
            struct Rejection: Decodable {
                let reason: String
                let message: String?
            }

            let sha256: String
            let picture: String?
            let rejected: Rejection?

            enum CodingKeys: String, CodingKey {
                case rejected
                case picture = "picture_id"
                case sha256 = "content_sha256"
            }
        }

        struct State: Decodable {
            let status: String
            let reason: String?
        }

        let files: [File]
        let pictures: [String: String]
        /// Nil: an older server, which says nothing of that.
        let states: [String: State]?
    }

    private struct Inquiry: Encodable {
        struct File: Encodable {
            let path: String
            let size: Int64
        }

        let files: [File]
        let sha256: [String]
    }

    /// Whether the other server holds these very bytes, by its own count of them: in this set, or as a picture anywhere.
    package func holds(sha256: String, size: Int64, as name: String, in set: UploadSetID) async throws -> Bool {
        let known = try await known(sha256, size, name, set)
        if known.pictures[sha256] != nil { return true }
        return known.files.contains {
            $0.sha256 == sha256 && ($0.rejected == nil || $0.rejected?.reason == "file_duplicate")
        }
    }

    /// The picture that this very file of the set became; nil when it did not, or was one before.
    package func picture(sha256: String, size: Int64, as name: String, in set: UploadSetID) async throws -> PictureID? {
        let known = try await known(sha256, size, name, set)
        return known.files.first { $0.sha256 == sha256 && $0.rejected == nil }?.picture.flatMap { PictureID($0) }
    }

    /// A file that was sent.
    package struct Sent: Sendable {
        package let name: String
        /// Bytes.
        package let size: Int64
        /// Lower-case hexadecimal.
        package let sha256: String

        package init(name: String, size: Int64, sha256: String) {
            self.name = name
            self.size = size
            self.sha256 = sha256
        }
    }

    /// What has become of a file that the other server holds.
    package enum Fate: Hashable, Sendable {
        /// It is a picture that can be shown, and that nothing is to be done for any more.
        case prepared
        /// That is not decided yet, or not told.
        case waiting
        /// It is no picture there, or none any more, with the reason.
        case refused(String)
    }

    /// What has become of files of a set, in their order; at most 500 at a time.
    package func fates(of sent: [Sent], in set: UploadSetID) async throws -> [Fate] {
        let known = try await known(sent, set)
        let files = Dictionary(known.files.map { ($0.sha256, $0) }) { first, _ in first }
        return sent.map { file in
            guard let states = known.states else { return .waiting }
            if let state = states[file.sha256], state.status != "broken" {
                return state.status == "prepared" ? .prepared : .waiting
            }
            guard let there = files[file.sha256] else {
                return .refused(states[file.sha256]?.reason ?? "The server does not have it any more.")
            }
            // One that is a picture of somebody else's is there, and no more is told of it.
            guard let rejection = there.rejected, rejection.reason != "file_duplicate" else {
                return states[file.sha256]?.reason.map { Fate.refused($0) } ?? .waiting
            }
            return .refused(rejection.message ?? rejection.reason)
        }
    }

    private func known(_ sha256: String, _ size: Int64, _ name: String, _ set: UploadSetID) async throws -> Known {
        try await known([Sent(name: name, size: size, sha256: sha256)], set)
    }

    private func known(_ sent: [Sent], _ set: UploadSetID) async throws -> Known {
        let inquiry = Inquiry(
            files: sent.map { .init(path: $0.name, size: $0.size) }, sha256: sent.map(\.sha256))
        return try await json(
            Known.self, .POST, "/api/upload_sets/\(set)/known_files", try JSONEncoder().encode(inquiry))
    }
}
