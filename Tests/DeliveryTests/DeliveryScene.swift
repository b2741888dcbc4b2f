import Catalogue
import Crypto
import Delivery
import Domain
import Foundation
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

/// A catalogue with one label and a store with bytes, a route to two destinations in memory, and a clock that is set.
final class DeliveryScene: Sendable {
    let test: TestCatalogue
    let store: DirectoryStore
    let label: CameraLabel
    let owner: Account
    /// By the folder they pretend to be.
    let places = ["/a": FakeDestination(), "/b": FakeDestination()]
    let moment = Mutex(Date.now)
    let waits = Mutex<[Duration]>([])
    private let scratch: ScratchFolder

    var catalogue: Catalogue { test.catalogue }
    var now: Date { moment.withLock { $0 } }

    init() async throws {
        test = try await TestCatalogue()
        store = try DirectoryStore(root: test.folder.file("store"))
        label = try await test.addLabel("CAM 1")
        owner = try await test.addAccount("owner", .field, grants: [label])
        scratch = ScratchFolder(path: test.folder.file("scratch"))
    }

    func place(_ path: String) throws -> FakeDestination { try #require(places[path]) }

    func pass(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }

    var clock: ServiceClock {
        ServiceClock(
            now: { [self] in now },
            sleep: { [self] duration in
                waits.withLock { $0.append(duration) }
                pass(Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
                try Task.checkCancellation()
            })
    }

    func makeRoute(
        _ contents: [RouteContent] = [.hd], to paths: [String] = ["/a"], pattern: String = "{label}/{id}_{kind}",
        _ change: (inout Route) -> Void = { _ in }
    ) async throws -> Route {
        var route = Route(
            name: "Route", labels: [label.id], contents: contents,
            destinations: paths.map { RouteDestination(configuration: .directory(DirectoryPlace(path: $0))) },
            pattern: try NamePattern(pattern))
        change(&route)
        return try await catalogue.routes.create(route)
    }

    /// A prepared picture whose files are in the store: `hd`, `sd` and `thumb` of it say their kind and revision.
    @discardableResult
    func picture(original: StoredOriginal.Kind? = nil, at moment: Date = TestCatalogue.epoch) async throws -> PictureID
    {
        let set = try await test.addUploadSet(by: owner, label: label)
        let id = try await test.admit(TestPicture(capturedAt: moment), to: set)
        for job in try await test.claim() where job.step == .inspect(id) { try await test.work(on: job) }
        let job = try #require(try await test.claim().first { $0.step == .develop(id) })
        try await catalogue.pictures.developed(
            id, tags: TestPicture(capturedAt: moment).tags, redactions: [], derivatives: try await files(id, 1),
            revision: 1, original: try await storedOriginal(id, original), ending: job)
        return id
    }

    /// Writes files of a revision, and says what they are.
    func files(_ id: PictureID, _ revision: Int) async throws -> [Derivative] {
        try await [Derivative.Kind.hd, .sd, .thumb].asyncMap { kind in
            let text = "\(kind) \(revision)"
            let key = ObjectKey.derivative(id, revision: revision, kind)
            try await store.put(key, fileAt: try file(text))
            return Derivative(
                kind: kind, width: 4000, height: 3000, size: Int64(text.utf8.count), sha256: Self.hash(text))
        }
    }

    private func storedOriginal(_ id: PictureID, _ kind: StoredOriginal.Kind?) async throws -> StoredOriginal? {
        guard let kind else { return nil }
        let text = "\(kind) original"
        try await store.put(.original(id, kind), fileAt: try file(text))
        if kind == .sealed { try await addKey() }
        return StoredOriginal(
            kind: kind, keyID: kind == .sealed ? Self.keyID : nil, size: Int64(text.utf8.count), sha256: Self.hash(text)
        )
    }

    static let keyID = String(repeating: "a", count: 32)

    /// The key that originals are sealed to; once is enough.
    func addKey() async throws {
        guard try await catalogue.sealingKeys.list().isEmpty else { return }
        _ = try await catalogue.sealingKeys.add(
            SealingKey(id: Self.keyID, name: "The safe", publicKey: "wayside-public:x"))
    }

    /// A raw file that was stored for a picture.
    func addRaw(_ name: String, _ kind: StoredOriginal.Kind, to id: PictureID) async throws {
        let text = "\(kind) raw"
        try await store.put(.raw(id, kind), fileAt: try file(text))
        let (hash, size) = (Self.hash(text), text.utf8.count)
        let key = kind == .sealed ? Self.keyID : nil
        try await catalogue.engine.write { connection in
            try connection.execute(
                """
                INSERT INTO raw_files (picture_id, name, size, sha256, received_at)
                VALUES (\(id), \(name), \(size), \(hash), 0)
                """)
            try connection.execute(
                """
                INSERT INTO raw_originals (picture_id, kind, key_id, size, sha256, stored_at)
                VALUES (\(id), \(kind.rawValue), \(key), \(size), \(hash), 0)
                """)
        }
    }

    private func file(_ text: String) throws -> String {
        let path = test.folder.file(UUID().uuidString)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    static func hash(_ text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    func service(_ change: (inout DeliverySettings) -> Void = { _ in }) -> DeliveryService {
        var settings = DeliverySettings()
        change(&settings)
        let opening = DestinationOpening(rclone: RcloneProgram(program: "none", scratch: scratch)) {
            [places] configuration, _ in
            guard case .directory(let place) = configuration, let destination = places[place.path] else { return nil }
            return destination
        }
        let sources = FileSources(
            store: store, scratch: scratch,
            item: { id, isBackup in Data("{\"id\":\"\(id)\",\"all\":\(isBackup)}".utf8) },
            rendition: { [scratch] _, revision, rendition in
                let text = "\(rendition.text) \(revision)"
                let path = try scratch.newPath()
                try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                defer { scratch.drop(path) }
                return try #require(
                    try scratch.copy(of: path, size: Int64(text.utf8.count), sha256: Self.hash(text)))
            })
        return DeliveryService(
            catalogue: catalogue, sources: sources, opening: opening, settings: settings, clock: clock,
            logger: Logger(label: "test"))
    }

    /// Delivers whatever is due, until nothing is.
    func deliver() async throws {
        let service = service()
        while try await service.runOnce() {}
    }

    func state(_ route: Route, _ number: Int = 1) async throws -> DestinationState {
        try #require(try await catalogue.destinations.states(of: route.id).first { $0.number == number })
    }
}

extension Sequence {
    /// As `map`, one after the other.
    func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
