import Catalogue
import Domain
import Foundation

/// Carries out what the form of "My pictures" asks for, by the code that the API uses.
struct MineWork: Sendable {
    let services: WebServices
    let context: SignedInContext
    let words: PageWords

    private var catalogue: Catalogue { services.catalogue }
    private var work: BulkWork { BulkWork(services: services) }
    private var removing: Removing { Removing(services: services, viewer: context.viewer) }

    func run(_ action: MineAction) async throws -> MineOutcome {
        switch action.filter.tab {
        case .pictures: try await pictures(action)
        case .sequences: try await sequences(action)
        case .sets: try await sets(action)
        }
    }

    // Pictures

    /// Those that were ticked, or all that the filter shows.
    func selection(_ action: MineAction) async throws -> BulkSelection {
        guard action.isForAll else { return .pictures(action.ids.compactMap { PictureID($0) }) }
        var query = action.filter.pictures(of: context.account.id, limit: 1000), found: [PictureID] = []
        query.after = nil
        while true {
            let page = try await catalogue.bulk.list(query, viewer: context.viewer)
            found += page.map(\.picture.id)
            guard found.count <= BulkSelection.most else { throw BulkSelection.tooMany }
            guard page.count == query.limit else { return .pictures(found) }
            query.after = found.last
        }
    }

    private func pictures(_ action: MineAction) async throws -> MineOutcome {
        if action.kind == .split { return try await split(action) }
        let chosen = try await selection(action)
        switch action.kind {
        case .delete:
            let outcome = try await work.delete(chosen, until: removing.end, context)
            var done = MineOutcome(outcome, "pictures.deleted", words)
            done.undo = RemovalOffer(outcome.removals)
            if removing.end != nil, !outcome.receipts.isEmpty { done.reasons.append(words("removals.reported")) }
            return done
        case .retry: return .init(try await work.retry(chosen, context), "pictures.retried", words)
        default: return try await edit(chosen, action)
        }
    }

    private func edit(_ chosen: BulkSelection, _ action: MineAction) async throws -> MineOutcome {
        let label = action.kind == .label ? try await target(action) : nil
        let edit = try action.edit(label: label, isPublic: services.configuration.isPublic)
        let key = action.kind == .label ? "pictures.moved" : "pictures.changed"
        return .init(try await work.edit(chosen, edit, context), key, words)
    }

    private func target(_ action: MineAction) async throws -> CameraLabelID {
        guard let label = try await work.target(action.form["label"], context) else {
            throw Failure(.unprocessable, "Choose the camera label that the pictures are to go to.")
        }
        return label
    }

    private func split(_ action: MineAction) async throws -> MineOutcome {
        guard let sequence = action.filter.sequence, action.ids.count == 1, let picture = PictureID(action.ids[0])
        else {
            throw Failure(.unprocessable, "Tick one picture: the new sequence begins with it.")
        }
        _ = try await work.split(sequence, at: picture, title: nil, context)
        return MineOutcome(.good(words("pictures.split")))
    }

    // Sequences

    private func sequences(_ action: MineAction) async throws -> MineOutcome {
        let ids = action.ids.compactMap { SequenceID($0) }
        for id in ids { _ = try await work.sequence(id, context) }
        switch action.kind {
        case .merge:
            try await work.merge(ids, title: nil, context)
            return MineOutcome(.good(words("pictures.merged", count: ids.count)))
        case .rename:
            guard ids.count == 1, let id = ids.first else { throw Self.oneName }
            let title = try SequenceTitle.valid(action.form["title"])
            try await catalogue.sequences.edit(id, SequenceEdit(title: title), by: context.viewer)
            return MineOutcome(.good(words("pictures.renamed")))
        case .visibility:
            let visibility = try VisibilityChoice.chosen(action.form, isPublic: services.configuration.isPublic)
            for id in ids {
                try await catalogue.sequences.edit(id, SequenceEdit(visibility: visibility), by: context.viewer)
            }
            return MineOutcome(.good(words("visibility.saved")))
        case .delete:
            let until = removing.end
            return try await deleted(ids, "pictures.sequencesDeleted") { try await removing.delete($0, until: until) }
        default:
            return try await edit(.search(PictureQuery(sequences: ids)), action)
        }
    }

    // Upload sets

    private func sets(_ action: MineAction) async throws -> MineOutcome {
        let ids = try await sets(action.ids)
        switch action.kind {
        case .rename:
            guard ids.count == 1, let id = ids.first else { throw Self.oneName }
            let title = try SequenceTitle.valid(action.form["title"])
            try await catalogue.uploadSets.edit(id, UploadSetEdit(title: title), by: context.viewer)
            return MineOutcome(.good(words("pictures.renamed")))
        case .visibility:
            let visibility = try VisibilityChoice.chosen(action.form, isPublic: services.configuration.isPublic)
            for id in ids {
                try await catalogue.uploadSets.edit(id, UploadSetEdit(visibility: visibility), by: context.viewer)
            }
            return MineOutcome(.good(words("visibility.saved")))
        case .delete:
            let until = removing.end
            return try await deleted(ids, "pictures.setsDeleted") { try await removing.delete($0, until: until) }
        default:
            throw Failure(.unprocessable, "Choose what is to be done with the pictures.")
        }
    }

    /// Throws `.notFound` for one that the account may not see, `.forbidden` for one that it may not change.
    private func sets(_ names: [String]) async throws -> [UploadSetID] {
        var ids: [UploadSetID] = []
        for id in names.compactMap({ UploadSetID($0) }) {
            guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
                throw Failure.notFound("upload set")
            }
            try await Permissions(catalogue: catalogue).requireEdit(
                owner: set.accountID, label: set.labelID, viewer: context.viewer)
            ids.append(id)
        }
        return ids
    }

    private static let oneName = Failure(.unprocessable, "Tick one line to give it another name.")

    /// Deletes each, with the offer to take all of it back.
    private func deleted<Of>(
        _ ids: [Identifier<Of>], _ key: String, _ delete: (Identifier<Of>) async throws -> Deletion
    ) async throws -> MineOutcome {
        var removals: [RemovalID] = [], isGoneAtOnce = false
        for id in ids {
            let done = try await delete(id)
            if let removal = done.removal { removals.append(removal) }
            if done.receipt != nil { isGoneAtOnce = true }
        }
        let texts = RemovalWords(services: services, words: words)
        var outcome = MineOutcome(texts.notice(key, count: ids.count, goneAtOnce: isGoneAtOnce))
        outcome.undo = RemovalOffer(removals)
        return outcome
    }

    // Questions

    /// The fields that a question carries along.
    private static let values = [
        "do", "all", "label", "visibility", "heading_offset", "time_offset", "rotation", "key", "value", "untag",
    ]

    /// What is asked before it is done: what will go, or how many it is.
    func question(_ action: MineAction) async throws -> MineContent.Question {
        let until = action.kind == .delete ? removing.end : nil
        let ask = until == nil ? "askDelete" : "askRemove"
        let text: String
        switch action.filter.tab {
        case .pictures:
            let count = try await selection(action).pictures(catalogue, viewer: context.viewer).count
            text = words(action.kind == .delete ? "pictures.\(ask)" : "pictures.askAll", count: count)
        case .sequences:
            let ids = action.ids.compactMap { SequenceID($0) }
            var pictures = 0, titles: [String] = []
            for id in ids {
                let summary = try await work.sequence(id, context)
                pictures += summary.pictures
                titles.append("“\(summary.sequence.title)”")
            }
            text = words("pictures.\(ask)Sequences", count: pictures, ["titles": titles.joined(separator: ", ")])
        case .sets:
            var pictures = 0, titles: [String] = []
            for id in try await sets(action.ids) {
                let status = try await catalogue.uploadSets.status(id, viewer: context.viewer)
                pictures += status.prepared + status.preparing + status.broken + status.notProcessed
                let set = try await catalogue.uploadSets.find(id, viewer: context.viewer)
                titles.append("“\(set?.title ?? "")”")
            }
            text = words("pictures.\(ask)Sets", count: pictures, ["titles": titles.joined(separator: ", ")])
        }
        let kept = Self.values.filter { !action.form[$0].isEmpty }
            .map { MineContent.Field(name: $0, value: action.form[$0]) }
        return .init(
            text: text, until: until.map { PageTime($0) },
            button: words(
                until != nil ? "removals.delete" : action.kind == .delete ? "pictures.deleteNow" : "pictures.doNow"),
            fields: kept + action.ids.map { MineContent.Field(name: "id", value: $0) })
    }
}
