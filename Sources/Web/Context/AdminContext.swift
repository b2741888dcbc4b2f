import Domain
import Hummingbird

/// A request of an administrator; anybody else signed in gets `.notFound`.
package struct AdminContext: ChildRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let account: Account
    package let accessToken: AccessToken
    package let viewer: Viewer
    package let language: Language
    package let openReports: Int
    package let baseURL: String

    package init(context: WebContext) throws {
        let signedIn = try SignedInContext(context: context)
        guard signedIn.account.role.isAdmin else { throw Failure.notFound("page") }
        coreContext = context.coreContext
        account = signedIn.account
        accessToken = signedIn.accessToken
        viewer = context.viewer
        language = context.language
        openReports = context.openReports
        baseURL = context.baseURL
    }

    package var maxUploadSize: Int { 1 << 20 }
}
