import Catalogue
import Domain
import Foundation
import Intake
import Logging
import Storage
import Synchronization
import TestSupport
import Testing
import Transfers

@Suite("Fetching a sequence from another server", .timeLimit(.minutes(5)))
struct TransferTests {
    /// An account that has asked for transfers, and the service that fetches them.
    private final class Scene: Sendable {
        let test: TestCatalogue
        let owner: Account
        let label: CameraLabel
        private let staging: StagingFolder
        private let time = Mutex(TestCatalogue.epoch)

        init() async throws {
            test = try await TestCatalogue()
            label = try await test.addLabel("from-elsewhere")
            owner = try await test.addAccount("bob", .field, grants: [label])
            staging = try StagingFolder(path: test.folder.file("staging"), reserve: 0)
        }

        var catalogue: Catalogue { test.catalogue }

        func ask(_ peer: RemotePeer, _ collection: String = "trip") async throws -> (Transfer, UploadSet) {
            let set = UploadSet(accountID: owner.id, labelID: label.id, title: "Transfer", visibility: .loggedOnly)
            let transfer = Transfer(
                accountID: owner.id, uploadSetID: set.id, source: "\(peer.origin)/api/collections/\(collection)",
                createdAt: time.withLock { $0 })
            try await catalogue.transfers.insert(transfer, into: set)
            return (transfer, set)
        }

        /// Works on all that are due, so many seconds later.
        func run(_ peer: RemotePeer, after seconds: TimeInterval = 0) async throws {
            time.withLock { $0 += seconds }
            let intake = Intake(catalogue: catalogue, staging: staging, maximumFileSize: 1_000_000)
            let service = TransferService(
                catalogue: catalogue, intake: intake, allowed: AllowedOrigins([peer.origin]),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { [self] in time.withLock { $0 } }, queued: {})
            try await service.runAll()
        }

        func transfer(_ id: TransferID) async throws -> Transfer {
            try #require(try await catalogue.transfers.find(id, viewer: .system))
        }

        func set(_ id: UploadSetID) async throws -> UploadSet {
            try #require(try await catalogue.uploadSets.find(id, viewer: .system))
        }
    }

    /// A peer with one collection of so many pictures; what `picture` gives is sent for each.
    private static func peer(
        pictures: Int, origin: Origin = Origin(), _ picture: @escaping @Sendable (Int) async throws -> [UInt8]
    ) async throws -> RemotePeer {
        let peer = try await RemotePeer { path in
            if let number = path.split(separator: "/").last.flatMap({ Int($0) }) { return try await picture(number) }
            guard path.contains("/items") else { return json(#"{"title":"harbour"}"#) }
            let items = (0..<pictures).map { index in
                #"{"id":"p\#(index)","properties":{},"assets":{"hd":{"href":"\#(origin.text)/pictures/\#(index)"}}}"#
            }
            return json(#"{"features":[\#(items.joined(separator: ","))]}"#)
        }
        origin.set(peer.origin)
        return peer
    }

    /// Where the peer listens, which is known only once it does.
    private final class Origin: Sendable {
        private let value = Mutex("")
        var text: String { value.withLock { $0 } }
        func set(_ text: String) { value.withLock { $0 = text } }
    }

    private static func json(_ text: String) -> [UInt8] { RemotePeer.answer("application/json", Array(text.utf8)) }

    private static func jpeg(_ number: Int) -> [UInt8] {
        [0xFF, 0xD8, 0xFF, 0xE1] + Array("picture \(number)".utf8)
    }

    private static func sent(_ number: Int) -> [UInt8] { RemotePeer.answer("image/jpeg", jpeg(number)) }

    @Test("what its owner says of the upload set meanwhile stays said")
    func hiddenMeanwhile() async throws {
        let scene = try await Scene()
        let hidden = Mutex<UploadSetID?>(nil)
        let peer = try await Self.peer(pictures: 3) { number in
            if let id = hidden.withLock({ $0 }) {
                let edit = UploadSetEdit(title: "mine", visibility: .ownerOnly)
                try await scene.catalogue.uploadSets.edit(id, edit, by: scene.owner.viewer)
            }
            return Self.sent(number)
        }
        let (transfer, set) = try await scene.ask(peer)
        hidden.withLock { $0 = set.id }
        try await scene.run(peer)
        #expect(try await scene.transfer(transfer.id).status == .finished)
        let now = try await scene.set(set.id)
        #expect(now.visibility == .ownerOnly && now.title == "mine" && now.completedAt != nil)
        #expect(try await scene.catalogue.uploadSets.status(set.id).notProcessed == 3)
    }

    @Test(
        "a size that no picture has harms nobody, and one that fails holds up no other",
        arguments: ["9223372036854775807", "9000000000000000000", "1000001"])
    func sizes(length: String) async throws {
        let scene = try await Scene()
        let bad = try await Self.peer(pictures: 1) {
            RemotePeer.answer("image/jpeg", Self.jpeg($0), length: length)
        }
        let (transfer, set) = try await scene.ask(bad)
        for attempt in 1...7 {
            try await scene.run(bad, after: 3600)
            let now = try await scene.transfer(transfer.id)
            #expect(now.status == .waiting && now.attempts == attempt && now.error?.contains("cut off") == true)
            // Not before its time.
            try await scene.run(bad)
            #expect(try await scene.transfer(transfer.id).attempts == attempt)
        }
        try await scene.run(bad, after: 3600)
        #expect(try await scene.transfer(transfer.id).status == .failed)
        #expect(try await scene.set(set.id).completedAt != nil)
        #expect(try await scene.catalogue.uploadSets.files(set.id, after: nil, limit: 9).isEmpty)
    }

    @Test("one that fails for a while holds up no other, and goes on where it was")
    func patience() async throws {
        let scene = try await Scene()
        let isCut = Mutex(true)
        let peer = try await Self.peer(pictures: 3) { number in
            let whole = Self.sent(number)
            return number == 2 && isCut.withLock { $0 } ? whole.dropLast(3) : whole
        }
        let (first, set) = try await scene.ask(peer, "first")
        try await scene.run(peer)
        #expect(try await scene.transfer(first.id).status == .waiting)
        #expect(try await scene.catalogue.uploadSets.status(set.id).notProcessed == 2)
        isCut.withLock { $0 = false }
        let (second, _) = try await scene.ask(peer, "second")
        try await scene.run(peer)
        #expect(try await scene.transfer(first.id).status == .waiting)
        #expect(try await scene.transfer(second.id).status == .finished)
        try await scene.run(peer, after: 3600)
        let done = try await scene.transfer(first.id)
        #expect(done.status == .finished && done.error == nil && done.fetched == 3)
    }

    @Test("one that the server did not survive so often is not begun again")
    func fatal() async throws {
        let scene = try await Scene()
        let peer = try await Self.peer(pictures: 1) { Self.sent($0) }
        var (transfer, set) = try await scene.ask(peer)
        (transfer.status, transfer.attempts) = (.running, 8)
        try await scene.catalogue.transfers.update(transfer)
        try await scene.run(peer)
        let now = try await scene.transfer(transfer.id)
        #expect(now.status == .failed && now.error?.contains("too often") == true)
        #expect(try await scene.set(set.id).completedAt != nil)
    }

    @Test("pages without end come to one, and what has come is kept")
    func endless() async throws {
        let scene = try await Scene()
        let pages = Mutex(0), origin = Origin()
        let peer = try await RemotePeer { path in
            if path.contains("/pictures/") { return Self.sent(1) }
            guard path.contains("/items") || path.contains("/page") else { return Self.json("{}") }
            let page = pages.withLock { count in
                count += 1
                return count
            }
            let item = #"{"id":"p","properties":{},"assets":{"hd":{"href":"\#(origin.text)/pictures/1"}}}"#
            return Self.json(
                #"{"features":[\#(page == 1 ? item : "")],"links":[{"rel":"next","href":"\#(origin.text)/page/\#(page)"}]}"#
            )
        }
        origin.set(peer.origin)
        let (transfer, set) = try await scene.ask(peer)
        try await scene.run(peer)
        let now = try await scene.transfer(transfer.id)
        #expect(now.status == .failed && now.error?.contains("does not come to an end") == true)
        #expect(pages.withLock { $0 } <= 1002)
        #expect(try await scene.catalogue.uploadSets.status(set.id).notProcessed == 1)
        #expect(try await scene.set(set.id).completedAt != nil)
    }
}
