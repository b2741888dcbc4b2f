import Domain
import NIOHTTP1

/// Pictures of the other server.
extension PeerServer {
    /// Whether there is such a picture that this account may see.
    package func has(_ picture: PictureID) async throws -> Bool {
        do {
            _ = try await fields(.GET, "/api/pictures/\(picture)", [])
            return true
        } catch let failure as Failure where [.notFound, .gone].contains(failure.code) {
            return false
        }
    }

    /// None there is success.
    package func delete(_ picture: PictureID) async throws {
        do {
            _ = try await fields(.DELETE, "/api/pictures/\(picture)", [])
        } catch let failure as Failure where [.notFound, .gone].contains(failure.code) {
            return
        }
    }

    /// Throws unless the other server knows the token.
    package func check() async throws {
        _ = try await fields(.GET, "/api/users/me", [])
    }
}
