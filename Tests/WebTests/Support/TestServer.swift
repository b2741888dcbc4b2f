import Catalogue
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Intake
import Logging
import Mustache
import NIOCore
import Storage
import TestSupport
import Web

/// A whole server on a catalogue and a folder of its own, asked without a socket.
struct TestServer: Sendable {
    let test: TestCatalogue
    var services: WebServices { didSet { shared = SharedResponder() } }
    private var shared = SharedResponder()
    let store: DirectoryStore

    static let password = "right horse battery"

    /// Parsed once in each test process; they hold nothing of any server.
    private static let templates: Task<MustacheLibrary, any Error> = Task {
        try await MustacheLibrary(directory: PackageFolder.path("Templates"))
    }

    /// - Parameters:
    ///   - clock: what limits go by; the real one when absent.
    ///   - change: edits the configuration.
    init(
        partialRules: PartialUploadRules = PartialUploadRules(), clock: TestClock? = nil,
        change: (inout WebConfiguration) -> Void = { _ in }
    ) async throws {
        test = try await TestCatalogue()
        store = try DirectoryStore(root: test.folder.file("store"))
        var configuration = WebConfiguration(publicFolder: test.folder.file("public"), maximumFileSize: 4 << 20)
        configuration.scratchFolder = test.folder.file("scratch")
        change(&configuration)
        let intake = try Intake(
            catalogue: test.catalogue, stagingFolder: test.folder.file("staging"),
            maximumFileSize: configuration.maximumFileSize, partialRules: partialRules)
        let read: @Sendable () -> Date = if let clock { clock.read } else { { .now } }
        services = WebServices(
            catalogue: test.catalogue, store: store, intake: intake,
            tokenSigner: try await TokenSigner(secretsFolder: test.folder.file("secrets")),
            passwords: Passwords(cost: .init(logN: 4, blockSize: 8, parallelism: 1)), configuration: configuration,
            templates: try await Self.templates.value, wake: {},
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            clock: read)
        // A real disk has a little less between two looks.
        services.diskLook = { _ in DiskSpace(free: 7_000_000_000, size: 9_000_000_000) }
    }

    /// Runs requests against it.
    func run<Value>(_ body: @Sendable (Asker) async throws -> Value) async throws -> Value {
        let application = Application(responder: shared.responder(services), logger: services.logger)
        return try await application.test(.router) { client in try await body(Asker(client: client)) }
    }

    /// As `run`, over one connection of a real socket: only there has the client an address.
    func runLive<Value: Sendable>(_ body: @Sendable @escaping (Asker) async throws -> Value) async throws -> Value {
        let application = try buildApplication(services: services, host: "127.0.0.1", port: 0)
        return try await application.test(.live) { client in try await body(Asker(client: client)) }
    }

    /// A bearer token of the account.
    func token(of account: Account) async throws -> String {
        try await services.issueToken(for: account, description: "test").signed
    }

    /// An account with `password`, and whether it must be changed.
    @discardableResult
    func addAccount(_ name: String, _ role: Role, mustChangePassword: Bool = false) async throws -> Account {
        let account = Account(name: name, role: role, mustChangePassword: mustChangePassword)
        let hash = try await services.passwords.hash(Self.password)
        try await test.catalogue.accounts.create(account, passwordHash: hash)
        return account
    }

    /// Puts bytes of the size that the catalogue says behind the files of a picture, each kind with its own filling;
    /// of its tiles, those in the corners and the second.
    func fillStore(for id: PictureID) async throws {
        guard let picture = try await test.catalogue.pictures.find(id, viewer: .system) else { return }
        let tiles: [Derivative.Kind] = [(0, 0), (1, 0), (7, 3)].map { .tile(column: $0, row: $1) }
        for (index, derivative) in picture.derivatives.enumerated() {
            guard [.hd, .sd, .thumb].contains(derivative.kind) || tiles.contains(derivative.kind) else { continue }
            let path = test.folder.file(UUID().uuidString)
            try Data(Self.bytes(count: Int(derivative.size), seed: index)).write(to: URL(filePath: path))
            try await store.put(.derivative(id, revision: picture.revision, derivative.kind), fileAt: path)
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// The filling of the file at `seed` in the list of derivatives.
    static func bytes(count: Int, seed: Int) -> [UInt8] {
        // A prime length, so that no two places of a file that a test compares look alike by chance.
        var bytes = (0..<251).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ seed &* 13) }
        while bytes.count < count { bytes += bytes }
        return Array(bytes.prefix(count))
    }
}
