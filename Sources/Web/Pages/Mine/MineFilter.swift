import Catalogue
import Domain
import Foundation

/// What the page "My pictures" shows, from its address; what cannot be read there counts as not said.
struct MineFilter: Sendable {
    enum Tab: String, Sendable, CaseIterable {
        case pictures, sequences, sets
    }

    let tab: Tab
    let isThumbs: Bool
    /// Everybody's, for who may change them.
    let isForAll: Bool
    let label: CameraLabelID?
    let sequence: SequenceID?
    /// Days, as `2026-05-31`; both count.
    let from: String
    let to: String
    /// `west,south,east,north`
    let box: String
    let state: OwnPictureQuery.State
    var order: OwnPictureOrder
    var after: String?

    init(_ query: Query, mayManage: Bool) {
        tab = query["tab"].flatMap(Tab.init) ?? .pictures
        isThumbs = query["view"] == "thumbs"
        isForAll = mayManage && query["of"] == "all"
        label = query["label"].flatMap { CameraLabelID($0) }
        sequence = query["sequence"].flatMap { SequenceID($0) }
        from = Self.day(query["from"])
        to = Self.day(query["to"])
        box = query["bbox"].flatMap { (try? BoundingBoxText.box($0)) == nil ? nil : $0.replacing(" ", with: "") } ?? ""
        state = query["state"].flatMap(OwnPictureQuery.State.init) ?? .ready
        order = Self.order(query["sort"], tab) ?? Self.usual(query["sequence"] != nil)
        after = query["after"]
    }

    private static func day(_ text: String?) -> String {
        guard let text, text.utf8.count == 10, RFC3339.date("\(text)T00:00:00Z") != nil else { return "" }
        return text
    }

    var start: Date? { from.isEmpty ? nil : RFC3339.date("\(from)T00:00:00Z") }
    /// The last moment of the day.
    var end: Date? { to.isEmpty ? nil : RFC3339.date("\(to)T00:00:00Z")?.addingTimeInterval(86_400 - 1e-6) }
    var area: BoundingBox? { box.isEmpty ? nil : try? BoundingBoxText.box(box) }

    /// Whether anything is left out.
    var isNarrow: Bool {
        label != nil || sequence != nil || !from.isEmpty || !to.isEmpty || !box.isEmpty || state != .ready
    }

    /// The query of an address that shows the same.
    func text(
        tab other: Tab? = nil, thumbs: Bool? = nil, forAll: Bool? = nil, sorted: OwnPictureOrder? = nil,
        after: String? = nil
    ) -> String {
        var parts = ["tab=\((other ?? tab).rawValue)"]
        if thumbs ?? isThumbs { parts.append("view=thumbs") }
        if forAll ?? isForAll { parts.append("of=all") }
        if let label { parts.append("label=\(label)") }
        if let sequence, other == nil { parts.append("sequence=\(sequence)") }
        if !from.isEmpty { parts.append("from=\(from)") }
        if !to.isEmpty { parts.append("to=\(to)") }
        if !box.isEmpty { parts.append("bbox=\(box)") }
        if state != .ready { parts.append("state=\(state.rawValue)") }
        let order = sorted ?? order
        // What another tab cannot be sorted by is left behind.
        if order != Self.usual(sequence != nil && other == nil), Self.keys(other ?? tab).contains(order.key) {
            parts.append("sort=\(Self.text(order))")
        }
        if let after { parts.append("after=\(after)") }
        return parts.joined(separator: "&")
    }

    func path(after: String? = nil) -> String { "/pictures?\(text(after: after))" }

    func pictures(of account: AccountID, limit: Int) -> OwnPictureQuery {
        OwnPictureQuery(
            state: state, account: isForAll ? nil : account, label: label, sequence: sequence, from: start, to: end,
            box: area, order: order, after: after.flatMap { PictureID($0) }, limit: limit)
    }
}
