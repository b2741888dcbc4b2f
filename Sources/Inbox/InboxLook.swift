import Catalogue
import Domain
import Foundation
import Intake
import Storage

/// One look into the inbox: whose it is now, which labels there are, and what becomes of a file.
struct InboxLook {
    let place: any InboxPlace
    let catalogue: Catalogue
    let intake: Intake
    let owner: InboxOwner
    let rules: InboxRules
    let moment: Date

    /// Takes the file, unless there is a reason not to. What it throws keeps the file where it is.
    func take(_ entry: InboxEntry) async throws -> InboxEnd {
        guard let folder = entry.label else {
            return .refused("Put it into a folder that is called like a camera label.")
        }
        guard let label = try await catalogue.labels.find(name: folder, viewer: .system) else {
            return .refused("There is no camera label “\(folder)”.")
        }
        guard owner.maySend(to: label) else {
            throw Failure(
                .forbidden, "The account “\(owner.account.name)” may not send pictures to “\(label.name)”.")
        }
        let opened = try await place.open(entry)
        let set = try await catalogue.inbox.set(
            for: InboxStore.Place(label: label.id, account: owner.account.id, folder: entry.folder, day: day),
            orMaking: newSet(for: entry, label), at: moment)
        let outcome = try await intake.receive(
            file: InboxBytes(opened: opened), as: entry.pathInLabel, announcedLength: opened.file.size, sha256: nil,
            into: set, viewer: owner.viewer)
        switch outcome {
        case .admitted, .duplicate: return rules.deletes ? .deleted : .done
        case .refused(let file): return .refused(file.rejection?.message ?? "The file could not be taken.")
        }
    }

    private func newSet(for entry: InboxEntry, _ label: CameraLabel) -> UploadSet {
        let folder = entry.folder.isEmpty ? "" : "\(entry.folder) "
        return UploadSet(
            accountID: owner.account.id, labelID: label.id, title: String("\(label.name) \(folder)\(day)".suffix(250)),
            rules: DispatchRules(relativeHeading: label.mounting.relativeHeading), visibility: owner.visibility,
            userAgent: "wayside inbox", holdsUnplaced: rules.holdsUnplaced, createdAt: moment)
    }

    /// In UTC.
    private var day: String { String(RFC3339.string(moment).prefix(10)) }
}
