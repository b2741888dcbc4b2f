import Domain
import Foundation
import Synchronization

/// What rclone itself says of one of its backends: which options there are, and which of them are passwords.
struct RcloneBackend: Sendable, Decodable {
    private let name: String
    private let options: [Option]

    private struct Option: Decodable {
        let name: String
        let isPassword: Bool

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case isPassword = "IsPassword"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case name = "Name"
        case options = "Options"
    }

    private static let known = Mutex<[RcloneBackend]>([])

    /// Throws `.unprocessable` when there is none of that name.
    static func named(_ name: String, _ program: RcloneProgram) async throws -> RcloneBackend {
        if let backend = known.withLock({ $0.first { $0.name == name } }) { return backend }
        let answer = try await program.run(["config", "providers", "--config", "/dev/null"])
        guard answer.code == 0,
            let all = try? JSONDecoder().decode([RcloneBackend].self, from: Data(answer.output.utf8))
        else { throw Failure(.unavailable, "The program rclone does not say which backends it has.") }
        known.withLock { $0 = all }
        guard let backend = all.first(where: { $0.name == name }) else {
            throw Failure(
                .unprocessable, "rclone knows no backend “\(name)”.", details: ["field": "destinations"])
        }
        return backend
    }

    /// Throws `.unprocessable` when the backend has no such option.
    func isPassword(_ option: String) throws -> Bool {
        guard let found = options.first(where: { $0.name == option }) else {
            throw Failure(
                .unprocessable, "The backend “\(name)” of rclone has no option “\(option)”.",
                details: ["field": "destinations"])
        }
        return found.isPassword
    }
}
