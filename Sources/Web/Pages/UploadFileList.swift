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
    /// The picture, where it is broken and its file can be tried again.
    let retriable: String?
    /// The picture, where it is broken.
    let broken: String?
    /// Where its original can be fetched, and what it is.
    let original: String?
    let originalText: String?

    init(
        _ file: UploadFile, broken: BrokenPicture?, original: StoredOriginal.Kind?, raw: RawStore.State?,
        _ words: PageWords
    ) {
        path = file.path
        picture = file.pictureID?.string
        size = PageFormat(words.language).bytes(file.size)
        self.broken = broken == nil ? nil : file.pictureID?.string
        retriable = broken?.isStaged == true ? file.pictureID?.string : nil
        // Ciphertext is of no use to a browser: who holds the key fetches it with “wayside unseal”.
        if RawFormat(name: file.path) == nil {
            self.original = original == .kept ? file.pictureID.map { "/api/pictures/\($0)/original" } : nil
            originalText = original.map { words("set.original_\($0.rawValue)") }
        } else {
            self.original = raw == .kept ? file.pictureID.map { "/api/pictures/\($0)/raw" } : nil
            originalText = raw.map { words("set.raw_\($0.rawValue)") }
        }
        switch file.rejection {
        case nil where broken != nil:
            tone = "bad"
            outcome = words("set.brokenOne")
            let fate = words(broken?.isStaged == true ? "set.brokenKept" : "set.brokenGone")
            reason = "\(broken?.reason ?? "") \(fate)"
        case nil where file.heldUntil != nil:
            tone = "warn"
            outcome = words("places.waiting")
            reason = nil
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
        return (try await rows(Array(shown)), next.map { "/uploads/\(set.id)?page=\(URLText.encode($0))" })
    }

    /// The files whose pictures were given up on, at most a thousand.
    func broken() async throws -> (rows: [UploadFileRow], next: String?) {
        let files = try await services.catalogue.uploadSets.brokenFiles(
            set.id, limit: Self.mostRefused, viewer: viewer)
        return (try await rows(files), nil)
    }

    private func rows(_ files: [UploadFile]) async throws -> [UploadFileRow] {
        let pictures = files.filter { $0.rejection == nil }.compactMap(\.pictureID)
        let broken = try await services.catalogue.uploadSets.broken(among: pictures)
        let originals = try await services.catalogue.originals.kinds(of: pictures, viewer: viewer)
        let raws = try await services.catalogue.raws.states(of: pictures, viewer: viewer)
        return files.map { file in
            let id = file.rejection == nil ? file.pictureID : nil
            return UploadFileRow(
                file, broken: id.flatMap { broken[$0] }, original: id.flatMap { originals[$0] },
                raw: id.flatMap { raws[$0] }, words)
        }
    }

    /// The files that did not become pictures, at most a thousand.
    func refused() async throws -> (rows: [UploadFileRow], next: String?) {
        var rows: [UploadFileRow] = []
        var after: UploadFile?
        repeat {
            let files = try await services.catalogue.uploadSets.files(set.id, after: after, limit: 5000, viewer: viewer)
            rows += try await self.rows(
                files.filter { $0.rejection != nil && $0.rejection?.reason != .fileDuplicate })
            after = files.last
            if files.count < 5000 { break }
        } while rows.count < Self.mostRefused
        return (Array(rows.prefix(Self.mostRefused)), nil)
    }
}
