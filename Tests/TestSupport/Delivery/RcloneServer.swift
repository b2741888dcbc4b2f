import Domain
import Foundation
import Glibc
import Synchronization

/// A real SFTP or WebDAV server on a folder of its own: rclone's. It goes with the test process, however that ends.
package final class RcloneServer: Sendable {
    package enum Kind: String, Sendable { case sftp, webdav }

    package let kind: Kind
    package let port: Int
    let folder: TemporaryFolder
    private let process = Mutex<Process?>(nil)

    package static let user = "partner"
    package static let password = "pässword \"with; all'"

    package init(_ kind: Kind) async throws {
        self.kind = kind
        folder = try TemporaryFolder()
        port = try FreePorts.some(1)[0]
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try await start()
    }

    deinit { process.withLock { $0.map { _ = Glibc.kill($0.processIdentifier, SIGKILL) } } }

    /// What was sent to it.
    package var root: String { folder.file("root") }

    /// Its options as rclone calls them, but for the password.
    package var options: [String: String] {
        switch kind {
        case .sftp: ["host": "127.0.0.1", "port": "\(port)", "user": Self.user]
        case .webdav: ["url": "http://127.0.0.1:\(port)", "vendor": "other", "user": Self.user]
        }
    }

    package func stop() async throws {
        process.withLock { $0.map { _ = Glibc.kill($0.processIdentifier, SIGKILL) } }
        try await eventually { self.process.withLock { $0?.isRunning != true } }
    }

    package func start() async throws {
        let server = Process()
        server.executableURL = URL(filePath: try S3Server.program("rclone"))
        server.arguments = [
            "serve", kind.rawValue, root, "--addr", "127.0.0.1:\(port)", "--config", folder.file("none"), "--user",
            Self.user, "--pass", Self.password,
        ]
        server.environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin"]
        server.standardInput = FileHandle.nullDevice
        server.standardOutput = FileHandle.nullDevice
        server.standardError = FileHandle.nullDevice
        try server.run()
        process.withLock { $0 = server }
        try await eventually { self.answers() }
    }

    private func answers() -> Bool {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
