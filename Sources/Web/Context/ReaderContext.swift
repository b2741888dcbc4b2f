import Domain
import Hummingbird
import NIOCore

/// A request that reads pictures: signed in, or a guest where the instance shows some pictures to guests.
package struct ReaderContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let account: Account?
    package let viewer: Viewer
    package let language: Language
    package let openReports: Int
    package let baseURL: String
    package let clientAddress: String
    /// The client's connection.
    let channel: any Channel

    package init(context: WebContext) throws {
        if context.account != nil {
            _ = try SignedInContext(context: context)
        } else if !context.isPublicInstance {
            throw Failure(.unauthenticated, "Sign in first.")
        }
        coreContext = context.coreContext
        account = context.account
        viewer = context.viewer
        language = context.language
        openReports = context.openReports
        baseURL = context.baseURL
        clientAddress = context.clientAddress
        channel = context.channel
    }

    package var maxUploadSize: Int { 1 << 20 }
}
