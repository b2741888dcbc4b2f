import Domain
import Foundation
import Hummingbird

/// The cookie that holds a signed session token.
package enum LoginCookie {
    /// `__Host-` binds the cookie to this host and to TLS; on plain loopback browsers would refuse that name.
    package static func name(isSecure: Bool) -> String { isSecure ? "__Host-wayside" : "wayside" }

    /// Sets the cookie of a new session.
    package static func set(_ session: Login.Session, isSecure: Bool) -> Cookie {
        cookie(session.signed, maxAge: Int(AccessToken.Purpose.session.lifetime), isSecure: isSecure)
    }

    /// Takes the cookie away.
    package static func clear(isSecure: Bool) -> Cookie { cookie("", maxAge: 0, isSecure: isSecure) }

    private static func cookie(_ value: String, maxAge: Int, isSecure: Bool) -> Cookie {
        Cookie(
            name: name(isSecure: isSecure), value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }
}
