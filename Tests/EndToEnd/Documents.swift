import Foundation

/// What the tests read of an upload set.
struct SetDocument: Decodable, Sendable {
    struct Counts: Decodable, Sendable, Equatable {
        let prepared: Int
        let preparing: Int
        let broken: Int
        let rejected: Int
        let notProcessed: Int
    }

    struct Part: Decodable, Sendable { let id: String }

    let id: String
    let completed: Bool
    let dispatched: Bool
    let ready: Bool
    let itemsStatus: Counts
    let associatedCollections: [Part]
}

/// What the tests read of the files of an upload set.
struct FilesDocument: Decodable, Sendable {
    struct Rejection: Decodable, Sendable {
        let reason: String
        let message: String
    }

    /// Waits to be told where or when it was taken.
    struct Held: Decodable, Sendable {
        let until: String
    }

    struct File: Decodable, Sendable {
        let pictureId: String?
        let fileName: String
        let rejected: Rejection?
        let held: Held?
    }

    let files: [File]
}

/// What the tests read of the items of a collection.
struct ItemsDocument: Decodable, Sendable {
    struct Asset: Decodable, Sendable { let href: String }

    struct Item: Decodable, Sendable {
        let id: String
        let assets: [String: Asset]
    }

    let features: [Item]
}

/// An accepted file, or the refusal of one.
struct UploadAnswer: Decodable, Sendable {
    let pictureId: String?
}

/// RFC 9457, as far as the tests read it.
struct ProblemDocument: Decodable, Sendable {
    let status: Int?
    let title: String?
    let detail: String?
    let message: String?
}
