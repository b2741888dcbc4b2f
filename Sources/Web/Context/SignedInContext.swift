import Domain
import Hummingbird

/// A request of somebody who is signed in and whose password is their own. Throws `.unauthenticated` for guests, and
/// `.forbidden` while a password chosen by somebody else has not been replaced.
package struct SignedInContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let account: Account
    package let accessToken: AccessToken
    package let viewer: Viewer
    package let language: Language
    package let openReports: Int
    package let baseURL: String
    package let isSecure: Bool
    package let clientAddress: String

    package init(context: WebContext) throws {
        let any = try PasswordChangeContext(context: context)
        guard !any.mustChangePassword else { throw PasswordChangeContext.changeFirst }
        coreContext = context.coreContext
        account = any.account
        accessToken = any.accessToken
        viewer = context.viewer
        language = context.language
        openReports = context.openReports
        baseURL = context.baseURL
        isSecure = context.isSecure
        clientAddress = context.clientAddress
    }

    package var maxUploadSize: Int { 1 << 20 }
}
