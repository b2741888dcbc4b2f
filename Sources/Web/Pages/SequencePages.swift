import Catalogue
import Domain
import Foundation
import Hummingbird

/// One sequence: its pictures in order.
struct SequencePages: Sendable {
    let services: WebServices
    let renderer: PageRenderer

    func add(to router: Router<WebContext>) {
        router.group(context: ReaderContext.self).get("sequences/:sequence", use: show)
        let group = router.group(context: SignedInContext.self)
        group.post("sequences/:sequence/delete", use: remove)
        group.post("sequences/:sequence/visibility", use: setVisibility)
    }

    private static let picturesOnPage = 60
    private var catalogue: Catalogue { services.catalogue }

    private struct Content: Sendable {
        struct Fact: Sendable {
            let name: String
            let value: String
        }

        struct Thumbnail: Sendable {
            let id: String
            let rank: String
            let time: String
            let alt: String
        }

        let id: String
        let title: String
        /// Says that a report hides all of it.
        let hidden: String?
        let summary: String
        let notice: PageNotice?
        let back: String
        let showOnMap: String?
        let mayDelete: Bool
        /// Asked before it is deleted.
        let deleteQuestion: String
        /// That pictures are being looked through again, and how many are left.
        let redacting: String?
        let presets: [PageOption]
        /// What `page/export` links to; absent where there is nothing to take.
        let export: String?
        /// Present for those who may change it.
        let visibility: VisibilityChoice?
        let facts: [Fact]
        let hasPictures: Bool
        let pictures: [Thumbnail]
        let next: String?
    }

    @Sendable private func show(_ request: Request, _ context: ReaderContext) async throws -> Response {
        let words = try renderer.words(context.language)
        let query = Query(request.uri.query)
        let summary = try await find(
            try context.identifier("sequence", of: "sequence", as: SequenceID.self), context.viewer)
        let sequence = summary.sequence
        let after = max(0, Int(query["after"] ?? "") ?? 0)
        let items = try await catalogue.pictures.items(
            of: sequence.id, afterRank: after, limit: Self.picturesOnPage + 1, viewer: context.viewer)
        let shown = items.prefix(Self.picturesOnPage)
        let path = "/sequences/\(sequence.id)"
        let next = items.count > shown.count ? shown.last?.picture.rank : nil
        let mayEdit = try await Permissions(catalogue: catalogue).mayEdit(
            owner: sequence.accountID, label: sequence.labelID, viewer: context.viewer)
        let waiting = mayEdit ? try await catalogue.corrections.waiting(.sequence(sequence.id)) : 0
        let content = Content(
            id: sequence.id.string, title: sequence.title, hidden: summary.isHidden ? words("sequence.hidden") : nil,
            summary: words("sequence.summary", ["label": summary.label, "producer": summary.producer]),
            notice: .said(query, words),
            back: sequence.accountID == context.account?.id ? "/uploads/\(sequence.uploadSetID)" : "/uploads",
            showOnMap: shown.first.map { "/#pic=\($0.picture.id)" },
            mayDelete: mayEdit,
            deleteQuestion: RemovalWords(services: services, words: words).question("sequence.deleteQuestion"),
            redacting: waiting == 0 ? nil : words("sequence.redactingLeft", count: waiting),
            presets: Self.presets(words),
            export: summary.pictures > 0 ? "/api/collections/\(sequence.id)/export" : nil,
            visibility: mayEdit
                ? VisibilityChoice(
                    sequence.visibility, action: "\(path)/visibility", isPublic: services.configuration.isPublic, words)
                : nil,
            facts: facts(summary, first: shown.first?.picture.tags, words), hasPictures: !shown.isEmpty,
            pictures: shown.map { thumbnail($0.picture, words) }, next: next.map { "\(path)?after=\($0)" })
        return try renderer.response(
            .sequence, title: sequence.title, path: path, visitor: PageVisitor(context), content: content)
    }

    /// How thoroughly to look through the pictures again; first as the camera label says.
    private static func presets(_ words: PageWords) -> [PageOption] {
        let others: [RedactionPreset] = [.fast, .default, .thorough]
        return [PageOption("", words("sequence.redactLabel"), isSelected: true)]
            + others.map { PageOption($0.rawValue, words("labels.preset_\($0.rawValue)")) }
    }

    private func facts(_ summary: SequenceSummary, first: PictureTags?, _ words: PageWords) -> [Content.Fact] {
        let format = PageFormat(words.language)
        let offset = first?.utcOffsetMinutes ?? 0
        let values: [(String, String?)] = [
            ("sequence.count", format.number(summary.pictures)),
            ("sequence.length", format.length(metres: summary.length)),
            ("sequence.from", summary.capturedFrom.map { PageTime.dateAndClock($0, utcOffsetMinutes: offset) }),
            ("sequence.to", summary.capturedTo.map { PageTime.dateAndClock($0, utcOffsetMinutes: offset) }),
            ("sequence.camera", summary.model),
        ]
        return values.compactMap { key, value in value.map { Content.Fact(name: words(key), value: $0) } }
    }

    private func thumbnail(_ picture: Picture, _ words: PageWords) -> Content.Thumbnail {
        let time = picture.tags.map { PageTime.clock($0.capturedAt, utcOffsetMinutes: $0.utcOffsetMinutes) } ?? ""
        let rank = picture.rank.map { "\($0)" } ?? ""
        return .init(
            id: picture.id.string, rank: rank, time: time, alt: words("sequence.alt", ["n": rank, "time": time]))
    }

    @Sendable private func setVisibility(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let sequence = try await editable(context)
        let visibility = try VisibilityChoice.chosen(
            try await PageForm(request), isPublic: services.configuration.isPublic)
        try await catalogue.sequences.edit(sequence.id, SequenceEdit(visibility: visibility), by: context.viewer)
        // A manager who hides somebody else's trip does not see it any more.
        let isSeen = try await catalogue.sequences.find(sequence.id, viewer: context.viewer) != nil
        return .redirect(seeOther: "\(isSeen ? "/sequences/\(sequence.id)" : "/uploads")?said=visibility.saved")
    }

    private func editable(_ context: SignedInContext) async throws -> PictureSequence {
        let id = try context.identifier("sequence", of: "sequence", as: SequenceID.self)
        let sequence = try await find(id, context.viewer).sequence
        try await Permissions(catalogue: catalogue).requireEdit(
            owner: sequence.accountID, label: sequence.labelID, viewer: context.viewer)
        return sequence
    }

    @Sendable private func remove(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let sequence = try await editable(context)
        let removing = Removing(services: services, viewer: context.viewer)
        let done = try await removing.delete(sequence.id, until: removing.end)
        return .redirect(seeOther: done.page(else: "/uploads", saying: "sequence.deleted"))
    }

    private func find(_ id: SequenceID, _ viewer: Viewer) async throws -> SequenceSummary {
        guard let summary = try await catalogue.sequences.find(id, viewer: viewer) else {
            throw Failure.notFound("sequence")
        }
        return summary
    }
}
