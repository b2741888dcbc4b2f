import Catalogue
import Domain
import Hummingbird

extension Permissions {
    /// The picture in the path, of the collection in the path, where the asker may edit it.
    ///
    /// - Throws: `.notFound`, `.forbidden`.
    func editablePicture(_ context: SignedInContext) async throws -> Picture {
        let id = try context.identifier("picture", of: "picture", as: PictureID.self)
        guard let picture = try await catalogue.pictures.find(id, viewer: context.viewer) else {
            throw Failure.notFound("picture")
        }
        if let text = context.parameters.get("collection"), text.lowercased() != picture.sequenceID?.string {
            throw Failure.notFound("picture")
        }
        try await requireEdit(owner: picture.accountID, label: picture.labelID, viewer: context.viewer)
        return picture
    }
}
