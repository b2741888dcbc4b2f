import Catalogue
import Domain

/// The rows of one page of "My pictures".
struct MineRows: Sendable {
    let services: WebServices
    let filter: MineFilter
    let account: Account
    let viewer: Viewer
    let words: PageWords

    static let onPage = 60

    private var catalogue: Catalogue { services.catalogue }

    /// The rows, and after which the next page begins.
    func load() async throws -> (rows: [MineContent.Row], next: String?) {
        switch filter.tab {
        case .pictures: try await pictures()
        case .sequences: try await sequences()
        case .sets: try await sets()
        }
    }

    private func pictures() async throws -> (rows: [MineContent.Row], next: String?) {
        let found = try await catalogue.bulk.list(
            filter.pictures(of: account.id, limit: Self.onPage + 1), viewer: viewer)
        let shown = found.prefix(Self.onPage)
        return (shown.map(row), found.count > shown.count ? shown.last?.picture.id.string : nil)
    }

    private func row(_ own: OwnPicture) -> MineContent.Row {
        let picture = own.picture, (tone, status) = status(own)
        return .init(
            id: picture.id.string, href: picture.status == .prepared ? "/#pic=\(picture.id)&focus=pic" : nil,
            title: picture.originalName, owner: filter.isForAll ? own.producer : nil, label: own.label,
            time: picture.tags.map { PageTime.dateAndSeconds($0.capturedAt, utcOffsetMinutes: $0.utcOffsetMinutes) }
                ?? PageTime(picture.createdAt).text,
            iso: picture.tags == nil ? PageTime(picture.createdAt).iso : nil, sent: PageTime(picture.createdAt),
            count: "",
            heading: picture.heading.map { "\(PageFormat(words.language).number(Int($0.rounded()) % 360))°" } ?? "",
            tone: tone, status: status, reason: picture.status == .broken ? brokenReason(own) : nil,
            image: picture.status == .prepared ? "/api/pictures/\(picture.id)/thumb.jpg" : nil,
            sequence: picture.sequenceID?.string, sequenceTitle: own.sequence)
    }

    private func brokenReason(_ own: OwnPicture) -> String {
        "\(own.picture.brokenReason ?? "") \(words(own.mayRetry ? "set.brokenKept" : "set.brokenGone"))"
    }

    private func status(_ own: OwnPicture) -> (tone: String, text: String) {
        let picture = own.picture
        switch picture.status {
        case .waiting, .preparing: return ("warn busy", words("pictures.state_waiting"))
        case .broken: return ("bad", words("pictures.state_broken"))
        case .prepared:
            if picture.isHidden { return ("warn", words("pictures.reported")) }
            return (
                picture.visibility == .ownerOnly ? "warn" : "good",
                words("pictures.seen_\(picture.visibility.rawValue)")
            )
        }
    }

    private func sequences() async throws -> (rows: [MineContent.Row], next: String?) {
        var query = SequenceQuery(
            box: filter.area, from: filter.start, to: filter.end, account: filter.isForAll ? nil : account.id,
            limit: Self.onPage + 1)
        query.label = filter.label
        query.sort = SequenceSort(
            filter.order.key == .sent ? .created : .captured, isDescending: filter.order.isDescending)
        if let id = filter.after.flatMap({ SequenceID($0) }),
            let last = try await catalogue.sequences.find(id, viewer: viewer)
        {
            query.after = query.sort.position(of: last)
        }
        let found = try await catalogue.sequences.list(query, viewer: viewer)
        let shown = found.prefix(Self.onPage)
        return (shown.map(row), found.count > shown.count ? shown.last?.sequence.id.string : nil)
    }

    private func row(_ summary: SequenceSummary) -> MineContent.Row {
        let sequence = summary.sequence
        return .init(
            id: sequence.id.string, href: "/sequences/\(sequence.id)", title: sequence.title,
            owner: filter.isForAll ? summary.producer : nil, label: summary.label,
            time: summary.capturedFrom.map { PageTime($0).text } ?? "",
            iso: summary.capturedFrom.map { PageTime($0).iso }, sent: PageTime(sequence.createdAt),
            count: PageFormat(words.language).number(summary.pictures), heading: "",
            tone: summary.isHidden || sequence.visibility == .ownerOnly ? "warn" : "good",
            status: words(
                summary.isHidden ? "pictures.reported" : "pictures.seen_\(sequence.visibility.rawValue)"),
            reason: nil, image: "/api/collections/\(sequence.id)/thumb.jpg", sequence: sequence.id.string,
            sequenceTitle: nil)
    }

    private func sets() async throws -> (rows: [MineContent.Row], next: String?) {
        var before: UploadSet?
        if let id = filter.after.flatMap({ UploadSetID($0) }) {
            before = try await catalogue.uploadSets.find(id, viewer: viewer)
        }
        let found = try await catalogue.uploadSets.list(
            of: filter.isForAll ? nil : account.id, label: filter.label, from: filter.start, to: filter.end,
            before: before, limit: Self.onPage + 1, viewer: viewer)
        let shown = found.prefix(Self.onPage)
        var rows: [MineContent.Row] = []
        for set in shown { rows.append(try await row(set)) }
        return (rows, found.count > shown.count ? shown.last?.id.string : nil)
    }

    private func row(_ set: UploadSet) async throws -> MineContent.Row {
        let status = try await catalogue.uploadSets.status(set.id, viewer: viewer)
        let badge = UploadSetBadge(set, status, words)
        let count = status.prepared + status.preparing + status.notProcessed + status.broken
        return .init(
            id: set.id.string, href: "/uploads/\(set.id)", title: set.title,
            owner: filter.isForAll ? try await catalogue.accounts.find(set.accountID)?.name : nil,
            label: try await catalogue.labels.find(set.labelID, viewer: .system)?.name ?? "",
            time: PageTime(set.createdAt).text, iso: PageTime(set.createdAt).iso,
            sent: nil, count: PageFormat(words.language).number(count), heading: "", tone: badge.tone,
            status: badge.text,
            reason: nil, image: status.parts.first.map { "/api/collections/\($0.sequence.id)/thumb.jpg" },
            sequence: nil, sequenceTitle: nil)
    }
}
