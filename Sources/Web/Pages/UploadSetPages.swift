import Catalogue
import Domain
import Foundation
import Hummingbird

/// What was sent, and what became of it.
struct UploadSetPages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        let group = router.group(context: SignedInContext.self)
        group.get("uploads", use: list)
        group.get("uploads/:set", use: show)
        group.post("uploads/:set/delete", use: remove)
        group.post("uploads/:set/pictures/:picture/retry", use: retryBroken)
        group.post("uploads/:set/pictures/:picture/delete", use: removeBroken)
        group.post("uploads/:set/visibility", use: setVisibility)
    }

    private static let setsOnPage = 25
    private var catalogue: Catalogue { services.catalogue }

    // The list

    private struct ListContent: Sendable {
        struct Row: Sendable {
            let id: String
            let title: String
            /// Present where others' uploads are listed too.
            let owner: String?
            let label: String
            let created: PageTime
            let pictures: String
            let tone: String
            let status: String
            /// How many reports wait, if any do.
            let reports: String?
        }

        let notice: PageNotice?
        let mayUpload: Bool
        let hasTabs: Bool
        let tabs: [PageTab]
        /// What `page/export` links to: one's own pictures.
        let export: String?
        let hasSets: Bool
        let sets: [Row]
        let older: String?
    }

    @Sendable private func list(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let mayManage = context.account.role.mayManageGrantedLabels
        let isForAll = mayManage && query["of"] == "all"
        let sets = try await catalogue.uploadSets.list(
            of: isForAll ? nil : context.account.id, dispatched: nil, before: try await before(query, context),
            limit: Self.setsOnPage + 1, viewer: context.viewer)
        let shown = Array(sets.prefix(Self.setsOnPage))
        let scope = isForAll ? "of=all&" : ""
        let content = ListContent(
            notice: .said(query, words), mayUpload: context.account.role.mayUpload, hasTabs: mayManage,
            tabs: [
                PageTab(href: "/uploads", text: words("uploads.mine"), isCurrent: !isForAll),
                PageTab(href: "/uploads?of=all", text: words("uploads.everyones"), isCurrent: isForAll),
            ],
            export: isForAll || shown.isEmpty ? nil : "/api/users/me/export",
            hasSets: !shown.isEmpty, sets: try await rows(shown, namesOwners: isForAll, context.viewer, words),
            older: sets.count > shown.count ? shown.last.map { "/uploads?\(scope)before=\($0.id)" } : nil)
        return try renderer.response(
            .uploads, title: words("uploads.title"), path: isForAll ? "/uploads?of=all" : "/uploads",
            visitor: PageVisitor(context), content: content)
    }

    private func before(_ query: Query, _ context: SignedInContext) async throws -> UploadSet? {
        guard let id = query["before"].flatMap({ UploadSetID($0) }) else { return nil }
        return try await catalogue.uploadSets.find(id, viewer: context.viewer)
    }

    private func rows(
        _ sets: [UploadSet], namesOwners: Bool, _ viewer: Viewer, _ words: PageWords
    ) async throws -> [ListContent.Row] {
        var rows: [ListContent.Row] = []
        let reports = try await catalogue.reports.openCounts(of: sets.map(\.id))
        for set in sets {
            let status = try await catalogue.uploadSets.status(set.id, viewer: viewer)
            let count = status.prepared + status.preparing + status.notProcessed + status.broken + status.held
            let isMoved = try await isEmptied(set, count, viewer)
            let badge = UploadSetBadge(set, status, words, isMoved: isMoved)
            rows.append(
                .init(
                    id: set.id.string, title: set.title,
                    owner: namesOwners ? try await catalogue.accounts.find(set.accountID)?.name : nil,
                    label: try await labelName(set), created: PageTime(set.createdAt),
                    pictures: PageFormat(words.language).number(count), tone: badge.tone, status: badge.text,
                    reports: reports[set.id].map { words("reports.count", count: $0) }))
        }
        return rows
    }

    /// Whether the pictures of its files are all in other uploads. Each of its files is looked at for this.
    private func isEmptied(_ set: UploadSet, _ pictures: Int, _ viewer: Viewer) async throws -> Bool {
        guard pictures == 0, set.completedAt != nil else { return false }
        return try await catalogue.uploadSets.neighbours(of: set.id, viewer: viewer).given > 0
    }

    /// The owner knows the label's name even after the grant was withdrawn.
    private func labelName(_ set: UploadSet) async throws -> String {
        try await catalogue.labels.find(set.labelID, viewer: .system)?.name ?? ""
    }

    // One set

    private struct Content: Sendable {
        struct Part: Sendable {
            let id: String
            let title: String
            let captured: PageTime?
            let pictures: String
        }

        let id: String
        let title: String
        let summary: String
        let created: PageTime
        let tone: String
        let status: String
        /// How many reports wait, if any do.
        let reports: String?
        let notice: PageNotice?
        let moves: [MovedPictures]
        /// Seconds after which the page looks again; nil when nothing will change.
        let refresh: String?
        let prepared: String
        let pending: String
        let rejected: String
        let broken: String
        let mayContinue: Bool
        /// Whether this account may see the receipt for the card.
        let receipt: Bool
        let showOnMap: String?
        let hasSequences: Bool
        let sequences: [Part]
        let filters: [PageTab]
        let hasFiles: Bool
        let files: [UploadFileRow]
        let next: String?
        let mayDelete: Bool
        /// Asked before the set or a picture of it is deleted.
        let deleteQuestion: String
        let deletePictureQuestion: String
        /// What `page/export` links to; absent while there is nothing to take.
        let export: String?
        /// Present for those who may place what waits for a place.
        let places: String?
        let placesText: String
        /// Present for those who may change it.
        let visibility: VisibilityChoice?
    }

    @Sendable private func show(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let format = PageFormat(context.language)
        let query = Query(request.uri.query)
        let set = try await find(context)
        let status = try await catalogue.uploadSets.status(set.id, viewer: context.viewer)
        let neighbours = try await catalogue.uploadSets.neighbours(of: set.id, viewer: context.viewer)
        let badge = UploadSetBadge(set, status, words, isMoved: neighbours.given > 0)
        let list = UploadFileList(services: services, set: set, words: words, viewer: context.viewer)
        let files: (rows: [UploadFileRow], next: String?)
        switch query["show"] {
        case "refused": files = try await list.refused()
        case "broken": files = try await list.broken()
        default: files = try await list.page(query["page"])
        }
        let path = "/uploads/\(set.id)"
        let reports = try await catalogue.reports.openCounts(of: [set.id])[set.id]
        // Its own files, wherever their pictures are now.
        let count =
            status.prepared + status.preparing + status.notProcessed + status.broken + status.held + neighbours.given
            - neighbours.taken
        let mayEdit = try await Permissions(catalogue: catalogue).mayEdit(
            owner: set.accountID, label: set.labelID, viewer: context.viewer)
        let content = Content(
            id: set.id.string, title: set.title,
            summary: words("set.summary", count: count + status.rejected, ["label": try await labelName(set)]),
            created: PageTime(set.createdAt), tone: badge.tone, status: badge.text,
            reports: reports.map { words("reports.count", count: $0) }, notice: .said(query, words),
            moves: MovedPictures.all(neighbours, words),
            refresh: set.completedAt != nil && !status.isSettled ? "5" : nil, prepared: format.number(status.prepared),
            pending: format.number(status.preparing + status.notProcessed), rejected: format.number(status.rejected),
            broken: format.number(status.broken),
            mayContinue: set.completedAt == nil && set.accountID == context.account.id,
            receipt: set.accountID == context.account.id || context.account.role.isAdmin,
            showOnMap: try await firstPicture(of: status, context).map { "/#pic=\($0)" },
            hasSequences: !status.parts.isEmpty,
            sequences: status.parts.map { part in
                .init(
                    id: part.sequence.id.string, title: part.sequence.title,
                    captured: part.capturedFrom.map { PageTime($0) },
                    pictures: format.number(part.prepared + part.preparing + part.broken + part.notProcessed))
            },
            filters: Self.filters(path, query["show"], words),
            hasFiles: !files.rows.isEmpty, files: files.rows, next: files.next,
            mayDelete: mayEdit,
            deleteQuestion: RemovalWords(services: services, words: words).question("set.deleteQuestion"),
            deletePictureQuestion: RemovalWords(services: services, words: words).question("set.deletePictureQuestion"),
            export: status.prepared > 0 ? "/api/upload_sets/\(set.id)/export" : nil,
            places: mayEdit && status.held > 0 ? "\(path)/places" : nil,
            placesText: words("places.heldSome", count: status.held),
            visibility: mayEdit
                ? VisibilityChoice(
                    set.visibility, action: "\(path)/visibility", isPublic: services.configuration.isPublic, words)
                : nil)
        return try renderer.response(
            .uploadSet, title: set.title, path: path, visitor: PageVisitor(context), content: content)
    }

    private static func filters(_ path: String, _ shown: String?, _ words: PageWords) -> [PageTab] {
        let isFiltered = shown == "refused" || shown == "broken"
        return [
            PageTab(href: path, text: words("set.all"), isCurrent: !isFiltered),
            PageTab(href: "\(path)?show=refused", text: words("set.onlyRefused"), isCurrent: shown == "refused"),
            PageTab(href: "\(path)?show=broken", text: words("set.onlyBroken"), isCurrent: shown == "broken"),
        ]
    }

    private func firstPicture(of status: UploadSetStatus, _ context: SignedInContext) async throws -> PictureID? {
        guard let part = status.parts.first(where: { $0.prepared > 0 }) else { return nil }
        return try await catalogue.pictures.items(
            of: part.sequence.id, afterRank: 0, limit: 1, viewer: context.viewer
        ).first?.picture.id
    }

    @Sendable private func setVisibility(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await editable(context)
        let visibility = try VisibilityChoice.chosen(
            try await PageForm(request), isPublic: services.configuration.isPublic)
        try await catalogue.uploadSets.edit(set.id, UploadSetEdit(visibility: visibility), by: context.viewer)
        // A manager who hides somebody else's upload does not see it any more.
        let isSeen = try await catalogue.uploadSets.find(set.id, viewer: context.viewer) != nil
        return .redirect(seeOther: "\(isSeen ? "/uploads/\(set.id)" : "/uploads")?said=visibility.saved")
    }

    private func editable(_ context: SignedInContext) async throws -> UploadSet {
        let set = try await find(context)
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: set.accountID, label: set.labelID, viewer: context.viewer)
        return set
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let set = try await editable(context)
        let removing = Removing(services: services, viewer: context.viewer)
        let done = try await removing.delete(set.id, until: removing.end)
        return .redirect(seeOther: done.page(else: "/uploads", saying: "uploads.deleted"))
    }

    @Sendable private func retryBroken(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (set, picture) = try await editablePicture(context)
        try await catalogue.pictures.retry(picture.id)
        services.wake()
        return .redirect(seeOther: "/uploads/\(set.id)?said=set.triedAgain")
    }

    /// A picture that is broken is on no other page.
    @Sendable private func removeBroken(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (set, picture) = try await editablePicture(context)
        guard picture.status == .broken else { throw Failure(.conflict, "The picture is not broken any more.") }
        let removing = Removing(services: services, viewer: context.viewer)
        let done = try await removing.delete(picture.id, until: removing.end)
        return .redirect(seeOther: done.page(else: "/uploads/\(set.id)", saying: "set.pictureDeleted"))
    }

    private func editablePicture(_ context: SignedInContext) async throws -> (UploadSet, Picture) {
        let set = try await find(context)
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let picture = try await catalogue.pictures.find(id, viewer: context.viewer), picture.uploadSetID == set.id
        else { throw Failure.notFound("picture") }
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: picture.accountID, label: picture.labelID, viewer: context.viewer)
        return (set, picture)
    }

    private func find(_ context: SignedInContext) async throws -> UploadSet {
        let id = try context.identifier("set", of: "upload set", as: UploadSetID.self)
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        return set
    }
}
