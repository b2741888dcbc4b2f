import Domain

/// Who takes pictures away.
struct ExportAsker: Sendable {
    let viewer: Viewer
    /// What is counted: an account, or the address block of a guest.
    let name: String
    let baseURL: String

    init(_ context: ReaderContext) {
        viewer = context.viewer
        name = AddressBlock.asker(context.viewer, context.clientAddress)
        baseURL = context.baseURL
    }

    init(_ context: SignedInContext) {
        viewer = context.viewer
        name = AddressBlock.asker(context.viewer, context.clientAddress)
        baseURL = context.baseURL
    }
}
