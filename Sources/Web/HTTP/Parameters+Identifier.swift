import Domain
import Hummingbird

extension RequestContext {
    /// An identifier from the path; what is not a UUID is an address of nothing.
    func identifier<Of>(_ name: String, of kind: String = "resource", as type: Identifier<Of>.Type) throws
        -> Identifier<Of>
    {
        guard let id = parameters.get(name).flatMap({ Identifier<Of>($0) }) else { throw Failure.notFound(kind) }
        return id
    }

    /// The camera label in the path.
    func labelID() throws -> CameraLabelID { try identifier("label", of: "camera label", as: CameraLabelID.self) }
}
