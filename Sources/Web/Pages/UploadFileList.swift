import Catalogue
import Domain

/// One file of an upload set as a row of a table.
struct UploadFileRow: Sendable {
    let path: String
    /// The picture it became, or is a copy of.
    let picture: String?
    let size: String
    let tone: String
    let outcome: String
    let reason: String?

    init(_ file: UploadFile, _ words: PageWords) {
        path = file.path
        picture = file.pictureID?.string
        size = PageFormat(words.language).bytes(file.size)
        switch file.rejection {
        case nil:
            tone = "good"
            outcome = words("set.arrived")
            reason = nil
        case .some(let rejection) where rejection.reason == .fileDuplicate:
            tone = "good"
            outcome = words("set.known")
            reason = nil
        case .some(let rejection):
            tone = "bad"
            outcome = words("set.refused")
            reason = RejectionText(words: words)(rejection)
        }
    }
}

/// The files of an upload set, a page at a time.
struct UploadFileList: Sendable {
    let services: WebServices
    let set: UploadSet
    let words: PageWords
    let viewer: Viewer

    private static let onPage = 100
    private static let mostRefused = 1000

    /// A page of all files, in order of arrival, and the address of the next.
    func page(_ page: String?) async throws -> (rows: [UploadFileRow], next: String?) {
        let cursor = Cursor(keys: services.tokenSigner.keys)
        let after = try page.map { try FilePosition($0, cursor: cursor, set: set.id).file }
        let files = try await services.catalogue.uploadSets.files(
            set.id, after: after, limit: Self.onPage + 1, viewer: viewer)
        let shown = files.prefix(Self.onPage)
        let next = files.count > shown.count ? shown.last.map { FilePosition.seal($0, cursor: cursor) } : nil
        return (shown.map { UploadFileRow($0, words) }, next.map { "/uploads/\(set.id)?page=\(URLText.encode($0))" })
    }

    /// The files that did not become pictures, at most a thousand.
    func refused() async throws -> (rows: [UploadFileRow], next: String?) {
        var rows: [UploadFileRow] = []
        var after: UploadFile?
        repeat {
            let files = try await services.catalogue.uploadSets.files(set.id, after: after, limit: 5000, viewer: viewer)
            rows += files.filter { $0.rejection != nil && $0.rejection?.reason != .fileDuplicate }
                .map { UploadFileRow($0, words) }
            after = files.last
            if files.count < 5000 { break }
        } while rows.count < Self.mostRefused
        return (Array(rows.prefix(Self.mostRefused)), nil)
    }
}
