import Domain
import Hummingbird

/// A request of somebody who is signed in, even while they must change their password first.
package struct PasswordChangeContext: ChildRequestContext {
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
        guard let account = context.account, let accessToken = context.accessToken else {
            throw Failure(.unauthenticated, "Sign in first.")
        }
        coreContext = context.coreContext
        self.account = account
        self.accessToken = accessToken
        viewer = context.viewer
        language = context.language
        openReports = context.openReports
        baseURL = context.baseURL
        isSecure = context.isSecure
        clientAddress = context.clientAddress
    }

    /// Only a login with the given password is held up: tokens made at the console work at once.
    package var mustChangePassword: Bool { account.mustChangePassword && accessToken.purpose == .session }

    package var maxUploadSize: Int { 1 << 20 }

    static let changeFirst = Failure(
        .forbidden, "Choose a password of your own first.", details: ["reason": "password_change_required"])
}
