import Catalogue
import Domain
import Foundation

/// Receipts for cards, for the account that sent the card and for administrators; the pages and the API ask here.
struct CardDesk: Sendable {
    let services: WebServices

    private var catalogue: Catalogue { services.catalogue }

    /// Throws `.notFound` for who may not know of the set, `.forbidden` for who did not send it.
    func set(_ id: UploadSetID, _ context: SignedInContext) async throws -> UploadSet {
        guard let set = try await catalogue.uploadSets.find(id, viewer: context.viewer) else {
            throw Failure.notFound("upload set")
        }
        guard set.accountID == context.account.id || context.account.role.isAdmin else {
            throw Failure(.forbidden, "Only the account that sent this card has its receipt.")
        }
        return set
    }

    func receipt(of set: UploadSet, _ context: SignedInContext) async throws -> CardReceipt {
        // Its owner knows the label's name even after the grant was withdrawn.
        let label = try await catalogue.labels.find(set.labelID, viewer: .system)?.name ?? ""
        return CardReceipt(
            set, label: label, state: try await catalogue.cards.state(set.id),
            lines: try await catalogue.cards.lines(set.id, viewer: context.viewer), at: services.clock())
    }

    /// Keeps that a person agrees to lose what this digest names.
    ///
    /// - Throws: `.conflict` when what would be lost is not what they saw, or may still change.
    func agree(toLose digest: String, of set: UploadSet, _ context: SignedInContext) async throws {
        let receipt = try await receipt(of: set, context)
        guard receipt.isWhole, receipt.working == 0 else {
            throw Failure(.conflict, "The card is still being sent or worked on; what will be lost is not known yet.")
        }
        guard digest.lowercased() == receipt.lossDigest else {
            throw Failure(.conflict, "What would be lost has changed since the receipt was shown; look at it again.")
        }
        let moment = services.clock()
        try await catalogue.cards.agree(toLose: receipt.lossDigest, of: set.id, at: moment)
        try await catalogue.audit.record(
            "card.losses_agreed", by: context.viewer, subject: set.id.string,
            details: ["files": "\(receipt.losses.count)"], at: moment)
    }
}
