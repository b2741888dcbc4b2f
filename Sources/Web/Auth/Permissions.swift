import Catalogue
import Domain

/// Who may change what; the table "Who may do what" of the design. It is asked after the thing itself was read with the
/// viewer, so that what one may not see is `.notFound` before it comes to this.
package struct Permissions: Sendable {
    let catalogue: Catalogue

    package init(catalogue: Catalogue) { self.catalogue = catalogue }

    /// Whether the viewer may edit or delete something of `owner` under `label`.
    package func mayEdit(owner: AccountID, label: CameraLabelID, viewer: Viewer) async throws -> Bool {
        if viewer.seesEverything { return true }
        guard let account = viewer.accountID, let role = viewer.role else { return false }
        if account == owner { return role.mayUpload }
        guard role.mayManageGrantedLabels else { return false }
        // Being able to see it is not enough: it may be visible to anyone.
        return try await catalogue.labels.find(label, viewer: viewer) != nil
    }

    /// Throws `.forbidden` unless `mayEdit`.
    package func requireEdit(owner: AccountID, label: CameraLabelID, viewer: Viewer) async throws {
        guard try await mayEdit(owner: owner, label: label, viewer: viewer) else {
            throw Failure(.forbidden, "You may look at this, but not change it.")
        }
    }
}
