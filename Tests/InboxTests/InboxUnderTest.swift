import Catalogue
import Domain
import Foundation
import Inbox
import Intake
import Logging
import Storage
import Synchronization
import TestSupport

/// An inbox in a folder of its own, with a label, an owner and a clock that the test turns.
final class InboxUnderTest {
    let test: TestCatalogue
    let folder: TemporaryFolder
    let label: CameraLabel
    let account: Account
    let intake: Intake
    private let heard = Heard.Lines()
    private(set) var watch: InboxWatch
    private(set) var moment = TestCatalogue.epoch
    private let rules: InboxRules

    init(_ change: (inout InboxRules) -> Void = { _ in }) async throws {
        test = try await TestCatalogue()
        folder = try TemporaryFolder()
        label = try await test.addLabel("car-7")
        account = try await test.addAccount("admin", .admin)
        intake = Intake(
            catalogue: test.catalogue, staging: try StagingFolder(path: test.folder.file("staging"), reserve: 0),
            maximumFileSize: 1_000_000)
        var rules = InboxRules(patience: 10, quiet: 300)
        change(&rules)
        self.rules = rules
        watch = InboxWatch(
            InboxFolder(path: folder.path), catalogue: test.catalogue, intake: intake, rules: rules,
            logger: Logger(label: "test"))
    }

    /// As after a kill: what the watch remembered is gone, and what it says from now on is heard.
    func restart() {
        let handler = Heard(heard)
        watch = InboxWatch(
            InboxFolder(path: folder.path), catalogue: test.catalogue, intake: intake, rules: rules,
            logger: Logger(label: "test") { _ in handler })
    }

    /// What was complained of.
    var said: [String] { heard.all.withLock { $0 } }

    /// Looks, so many seconds after the last look.
    @discardableResult
    func look(after seconds: TimeInterval = 0) async throws -> InboxWatch.Result {
        moment.addTimeInterval(seconds)
        return try await watch.look(at: moment)
    }

    /// Looks twice, so that what lies still is whole.
    @discardableResult
    func settle() async throws -> InboxWatch.Result {
        try await look()
        return try await look(after: 10)
    }

    func put(_ bytes: Data, at path: String) throws {
        let place = folder.file(path)
        try FileManager.default.createDirectory(
            atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try bytes.write(to: URL(filePath: place))
    }

    /// All files of the inbox by path.
    var files: [String] {
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter {
            let type = try? FileManager.default.attributesOfItem(atPath: folder.file($0))[.type] as? FileAttributeType
            return type != .typeDirectory
        }.sorted()
    }

    func sets() async throws -> [UploadSet] {
        try await test.catalogue.uploadSets.list(of: account.id, before: nil, limit: 100, viewer: .system)
            .sorted { $0.title < $1.title }
    }

    func records() async throws -> [UploadFile] {
        var files: [UploadFile] = []
        for set in try await sets() {
            files += try await test.catalogue.uploadSets.files(set.id, after: nil, limit: 100)
        }
        return files.sorted { $0.path < $1.path }
    }
}

/// Hears what is logged.
struct Heard: LogHandler {
    final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(_ lines: Lines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.all.withLock { $0.append("\(event.message) \(event.metadata?["file"]?.description ?? "")") }
    }
}
