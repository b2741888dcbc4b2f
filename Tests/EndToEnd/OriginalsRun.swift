import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import TestSupport

extension OriginalsTests {
    /// A server that is killed again and again while marked pictures are sent to it.
    final class Run {
        static let label = "CAM 01"

        let server: BuiltServer
        let batch: Batch
        /// A bucket is on an S3 server of its own, whose files are looked through too.
        let placed: PlacedServer
        /// `TMPDIR` of the server and its children.
        private let temporary: TemporaryFolder
        private(set) var pictures: [(picture: MarkedPicture, id: String)] = []
        /// What was refused: sent too, and never to be found.
        private var refused: [MarkedPicture] = []

        init(_ place: Place) async throws {
            temporary = try TemporaryFolder()
            placed = try await place.server(
                ["TMPDIR": temporary.path, "WAYSIDE_DARKROOM_PROCESSES": "1"],
                on: place == .bucket ? try await S3Server(.seaweedFS) : nil)
            server = placed.server
            try await server.start()
            batch = try await Batch.open(on: server, label: Self.label)
            // All of each picture is hidden, so that nothing of its content may be found either.
            try await server.wayside("label", "policy", Self.label, "--add-mask", "0,0 1,0 1,1 0,1")
        }

        private var folder: DataFolder { DataFolder(path: server.data) }

        /// Sends a few pictures for each moment, kills the server at it, and lets it finish in the end.
        func go(rounds: [Moment]) async throws {
            for moment in rounds {
                let before = try await Snapshot(folder, placed)
                let (first, batch) = (pictures.count, batch)
                async let sent = Self.send(first..<(first + 2), to: batch)
                try await wait(for: moment, since: before)
                try await server.kill()
                try await server.start()
                pictures += try await sent
            }
            try await sendWhatIsRefused()
            try await batch.finish()
            let folder = folder
            try await eventually { folder.staged().isEmpty && folder.working().isEmpty }
            // Once more in the middle of nothing, so that the write-ahead log is as a crash leaves it.
            try await server.kill()
            try await server.start()
        }

        private static func send(_ range: Range<Int>, to batch: Batch) async throws -> [(
            picture: MarkedPicture, id: String
        )] {
            var sent: [(picture: MarkedPicture, id: String)] = []
            for index in range {
                let picture = MarkedPicture(index)
                sent.append((picture, try await batch.send(picture.data, name: picture.name)))
            }
            return sent
        }

        /// A duplicate, one that is no JPEG, one that no darkroom takes, and one whose sender goes away half way.
        private func sendWhatIsRefused() async throws {
            let known = pictures[0].picture
            _ = try await batch.client.upload(known.data, name: "again.jpg", to: batch.set)
            let film = MarkedPicture(900)
            _ = try await batch.client.upload(film.data, name: "film.mp4", to: batch.set)
            let placeless = MarkedPicture(901, isPlaced: false)
            _ = try await batch.client.upload(placeless.data, name: "placeless.jpg", to: batch.set)
            let aborted = MarkedPicture(902)
            let body = Client.multipart(aborted.data, name: "aborted.jpg", boundary: "b")
            let connection = try RawConnection(server)
            let head = """
                POST /api/upload_sets/\(batch.set)/files HTTP/1.1\r\nHost: 127.0.0.1\r\n\
                Authorization: Bearer \(batch.client.token ?? "")\r\n\
                Content-Type: multipart/form-data; boundary=b\r\nContent-Length: \(body.count)\r\n\r\n
                """
            try await connection.send(Data(head.utf8) + body.dropLast(200))
            connection.abort()
            refused = [film, placeless, aborted]
        }

        // MARK: Moments

        /// What was in the data folder.
        struct Snapshot {
            let staged: Set<String>
            let stored: Int
            let originals: Int

            init(_ folder: DataFolder, _ placed: PlacedServer) async throws {
                let objects = try await placed.objects()
                staged = Set(folder.staged())
                stored = objects.filter { $0.hasPrefix("pictures/") }.count
                originals = objects.count - stored
            }
        }

        /// Returns at the moment, or when it has passed unseen: then any moment will do.
        private func wait(for moment: Moment, since before: Snapshot) async throws {
            if moment == .anyTime { return try await Task.sleep(for: .milliseconds(Int.random(in: 0...500))) }
            let deadline = ContinuousClock.now + .seconds(3)
            var seen = before.staged
            while ContinuousClock.now < deadline {
                let now = try await Snapshot(folder, placed)
                seen.formUnion(now.staged)
                switch moment {
                case .acknowledged where !now.staged.subtracting(before.staged).isEmpty: return
                case .developing where !folder.working().isEmpty: return
                case .derivativesStored where now.stored > before.stored: return
                case .originalStored where now.originals > before.originals: return
                case .unstaged where seen.count > before.staged.count && now.staged.count < seen.count: return
                default: await Task.yield()
                }
            }
        }

        // MARK: Looking

        struct File {
            let name: String
            let path: String

            func content() throws -> Data { try Data(contentsOf: URL(filePath: path)) }
        }

        /// Every file of the data folder (database, log of the database, store, staging, work), of `TMPDIR`, and the log;
        /// of the S3 server too where there is one.
        func files() throws -> [File] {
            var files = folder.files().map { File(name: $0, path: "\(server.data)/\($0)") }
            files += DataFolder(path: temporary.path).files().map {
                File(name: "TMPDIR/\($0)", path: "\(temporary.path)/\($0)")
            }
            files.append(File(name: "log", path: server.folder.file("log")))
            return files + placed.files().map { File(name: "S3 server/\($0.name)", path: $0.path) }
        }

        /// Which objects and which files hold marks of pictures that were sent.
        func found() async throws -> [String: [String]] {
            let marks = (pictures.map(\.picture) + refused).flatMap(\.marks)
            var found: [String: [String]] = [:]
            func look(_ name: String, _ content: Data) {
                let held = marks.filter { content.range(of: $0) != nil }
                if !held.isEmpty { found[name] = held.map { String(decoding: $0, as: UTF8.self) } }
            }
            for object in try await placed.objects() { look(object, try await placed.content(of: object)) }
            for file in try files() where !file.name.hasPrefix("store/") { look(file.name, try file.content()) }
            return found
        }

        /// What is in the private area of the store.
        func originals() async throws -> [String] { try await placed.objects().filter { $0.hasPrefix("originals/") } }

        /// The object that is the original of a picture.
        func original(of id: String) async throws -> String {
            guard let name = try await originals().first(where: { $0.contains(id) }) else {
                throw Failure.notFound("original")
            }
            return name
        }

        /// Rows of the audit log about a picture.
        func audit(_ action: String, of id: String) async throws -> [AuditEntry] {
            let engine = try await SQLiteEngine(
                path: "\(server.data)/catalogue.sqlite", migrations: CatalogueEngines.sqlite.migrations)
            defer { try? engine.close() }
            return try await Catalogue(engine: engine).audit.list(before: nil, limit: 1000)
                .filter { $0.action == action && $0.subject == id }
        }
    }
}
