import Catalogue
import Domain
import Foundation

/// What the form of "My pictures" asks for.
struct MineAction: Sendable {
    enum Kind: String, Sendable {
        case label, visibility, heading, time, rotation, tag, delete, retry, rename, merge, split
    }

    let kind: Kind
    let form: PageForm
    let filter: MineFilter
    /// What was ticked.
    let ids: [String]
    /// Everything that the filter shows, not only what is on the page.
    let isForAll: Bool
    let isConfirmed: Bool

    /// Throws `.invalid` for what is none.
    init(_ form: PageForm, _ filter: MineFilter) throws {
        guard let kind = Kind(rawValue: form["do"]) else {
            throw Failure(.unprocessable, "Choose what is to be done with the pictures.")
        }
        self.kind = kind
        self.form = form
        self.filter = filter
        ids = form.all("id")
        isForAll = form["all"] == "yes" && filter.tab == .pictures
        isConfirmed = form["confirmed"] == "yes"
    }

    /// Deleting is asked about, and whatever is done to more than the page shows.
    var needsQuestion: Bool { !isConfirmed && (kind == .delete || isForAll) }

    /// The change of each picture. Throws `.unprocessable` with the rule that is broken.
    func edit(label: CameraLabelID?, isPublic: Bool) throws -> PictureBulkEdit {
        switch kind {
        case .label: return try PictureBulkEdit(label: label)
        case .visibility:
            return try PictureBulkEdit(visibility: try VisibilityChoice.chosen(form, isPublic: isPublic))
        case .heading:
            guard let degrees = Double(form["heading_offset"].replacing(",", with: ".")), degrees.isFinite else {
                throw Failure(.unprocessable, "Say by how many degrees the headings are to be turned.")
            }
            return try PictureBulkEdit(headingOffset: degrees)
        case .time: return try PictureBulkEdit(timeOffset: try Self.seconds(form["time_offset"]))
        case .rotation: return try PictureBulkEdit(quarterTurns: (Int(form["rotation"]) ?? 0) / 90)
        case .tag:
            let tag = try SemanticTag(checking: form["key"].trimmed, form["value"].trimmed)
            return try PictureBulkEdit(tags: [SemanticChange(form["untag"] == "yes" ? .delete : .add, tag)])
        case .delete, .retry, .rename, .merge, .split:
            throw Failure(.unprocessable, "Choose what is to be done with the pictures.")
        }
    }

    /// `-1:30:00` or `90`: hours, minutes and seconds, or seconds.
    static func seconds(_ text: String) throws -> TimeInterval {
        let text = text.trimmed, isEarlier = text.hasPrefix("-") || text.hasPrefix("−")
        let digits = isEarlier || text.hasPrefix("+") ? String(text.dropFirst()) : text
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(part) : nil
        }
        guard (1...3).contains(parts.count), numbers.count == parts.count, numbers.allSatisfy({ $0 < 1_000_000_000 }),
            numbers.dropFirst().allSatisfy({ $0 < 60 })
        else {
            throw Failure(.unprocessable, "Write the time as hours:minutes:seconds, such as -1:00:00.")
        }
        let scale = parts.count == 2 ? 60 : 1
        let seconds = Double(numbers.reduce(0) { $0 * 60 + $1 } * scale)
        return isEarlier ? -seconds : seconds
    }
}
