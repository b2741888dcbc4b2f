import Catalogue
import Domain
import Foundation
import HTTPTypes
import Storage
import Synchronization
import TestSupport
import Testing
import Web

@Suite("Hotlinks")
struct HotlinkTests {
    private let server: TestServer
    private let label: CameraLabel
    private let owner: Account
    private let admin: Account
    private let made = Made()
    private let clock = TestClock()
    /// An hour before now.
    private let epoch: Date

    /// Notes what copies were asked for; each says what it is of.
    private final class Made: Sendable {
        let asked = Mutex<[String]>([])
        let failure = Mutex<Failure?>(nil)
        /// After how long those who were refused shall ask again.
        let refused = Mutex<[String?]>([])
        let hook = Mutex<(@Sendable () async throws -> Void)?>(nil)
    }

    init() async throws {
        epoch = clock.now.addingTimeInterval(-3_600)
        var server = try await TestServer(clock: clock)
        let made = made, scratch = ScratchFolder(path: server.test.folder.file("renditions"))
        server.services.makeRendition = { rendition, picture, revision in
            let text = "\(picture) \(revision) \(rendition.text)"
            made.asked.withLock { $0.append(text) }
            if let failure = made.failure.withLock({ $0 }) { throw failure }
            if let hook = made.hook.withLock({ $0 }) { try await hook() }
            let path = try scratch.newPath(), bytes = Data(text.utf8)
            try bytes.write(to: URL(filePath: path))
            let hash = try CheckedCopy.sha256(OpenFile(path))
            return try #require(try scratch.copy(of: path, size: Int64(bytes.count), sha256: hash))
        }
        self.server = server
        label = try await server.test.addLabel("Camera 7")
        owner = try await server.test.addAccount("olga", .field, grants: [label])
        admin = try await server.test.addAccount("ada", .admin)
    }

    private var catalogue: Catalogue { server.test.catalogue }
    private static let path = "/hotlink/Camera%207/640x480.jpg"

    private func publish(newestWithin: Int? = nil) async throws {
        _ = try await catalogue.hotlinks.set(
            Hotlink(isEnabled: true, newestWithin: newestWithin), of: label.id, by: .system, at: .now)
    }

    private func add(_ seconds: TimeInterval, _ visibility: Visibility = .loggedOnly) async throws -> PictureID {
        let picture = TestPicture("\(seconds).jpg", capturedAt: epoch.addingTimeInterval(seconds))
        let ids = try await server.test.addPreparedPictures([picture], by: owner, label: label).pictures
        let id = try #require(ids.first)
        if visibility != .loggedOnly { try await catalogue.pictures.setVisibility(id, visibility) }
        return id
    }

    private func ask(
        _ path: String = path, _ method: HTTPRequest.Method = .get, as account: Account? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var token: String?
        if let account { token = try await server.token(of: account) }
        return try await server.run { [token] in try await $0.send(method, path, token: token, headers: headers) }
    }

    @Test("a label without a hotlink, a label that is not there and another size are one 404, whoever asks")
    func nothing() async throws {
        _ = try await add(0)
        var answers: Set<String> = []
        for account in [nil, owner, admin] {
            for path in ["Camera%207/640x480.jpg", "Nowhere/640x480.jpg", "%2e%2e/640x480.jpg", "%ff/640x480.jpg"] {
                let answer = try await ask("/hotlink/\(path)", as: account)
                #expect(answer.code == 404)
                answers.insert(answer.text)
            }
        }
        try await publish()
        for size in ["640x481", "1920x1281", "0x0", "hd", "640x480.jpg", "1e9x1"] {
            let answer = try await ask("/hotlink/Camera%207/\(size).jpg")
            #expect(answer.code == 404)
            answers.insert(answer.text)
        }
        #expect(answers.count == 1, "\(answers)")
        #expect(made.asked.withLock { $0 }.isEmpty)
    }

    @Test("everybody gets the newest picture, at the sizes there are, made once and with a tag of its own")
    func newest() async throws {
        _ = try await add(0)
        let newer = try await add(60)
        try await publish()
        for size in ["1920x1280", "1280x720", "640x480"] {
            for path in ["/hotlink/Camera%207/\(size).jpg", "/hotlink/camera%207/\(size).jpg"] {
                let answer = try await ask(path)
                #expect(answer.code == 200 && answer.text == "\(newer) 1 \(size)")
                #expect(answer.headers[.contentType] == "image/jpeg")
                #expect(answer.headers[.cacheControl] == "no-cache")
                let tag = try #require(answer.headers[.eTag])
                #expect(tag.hasPrefix("\"") && tag.count == 66)
                let again = try await ask(path, headers: [.ifNoneMatch: tag])
                #expect(again.code == 304 && again.bytes.isEmpty && again.headers[.eTag] == tag)
                #expect(try await ask(path, headers: [.ifNoneMatch: "\"other\""]).code == 200)
                let head = try await ask(path, .head)
                #expect(head.code == 200 && head.headers[.contentLength] == "\(answer.bytes.count)")
            }
        }
        #expect(made.asked.withLock { $0 }.count == 3)
        #expect(try await server.store.list(prefix: "pictures/", after: nil, limit: 10).count == 3)
    }

    @Test("a copy that is in the store is not made again by a server that has just started")
    func stored() async throws {
        let id = try await add(0)
        try await publish()
        #expect(try await ask().text == "\(id) 1 640x480")
        let shown = try #require(try await catalogue.hotlinks.shown(byLabel: label.name, at: clock.now)?.picture)
        #expect(server.services.hotlinks.copy(Hotlink.sizes[2], of: shown, on: label.id) != nil)
        server.services.hotlinks.clear(label.id)
        #expect(server.services.hotlinks.copy(Hotlink.sizes[2], of: shown, on: label.id) == nil)
        made.failure.withLock { $0 = Failure(.unavailable, "No darkroom.") }
        #expect(try await ask().text == "\(id) 1 640x480")
        #expect(made.asked.withLock { $0 }.count == 1)
    }

    @Test("what is for its owner, reported or waiting for a mask gives way at once, before anything is compared")
    func withdrawn() async throws {
        let oldest = try await add(0)
        let masked = try await add(60)
        let reported = try await add(120)
        let hidden = try await add(180)
        try await publish()
        let first = try await ask()
        #expect(first.text == "\(hidden) 1 640x480")
        let tag = try #require(first.headers[.eTag])
        try await catalogue.pictures.setVisibility(hidden, .ownerOnly)
        let second = try await ask(headers: [.ifNoneMatch: tag])
        #expect(second.code == 200 && second.text == "\(reported) 1 640x480")
        let draft = try ReportDraft(issue: .privacy, target: .picture(reported), comments: "a face", email: nil)
        _ = try await catalogue.reports.make(
            draft, viewer: owner.viewer, quota: HourlyQuota(.reports, of: "test", limit: 1), at: .now)
        #expect(try await ask().text == "\(masked) 1 640x480")
        _ = try await catalogue.corrections.add(
            Polygon(x: 10, y: 10, width: 40, height: 40), to: masked, by: owner.viewer, at: .now)
        #expect(try await ask().text == "\(oldest) 1 640x480")
        try await catalogue.pictures.delete(oldest)
        let last = try await ask(headers: [.ifNoneMatch: tag])
        #expect(last.code == 200 && last.bytes.starts(with: [0xFF, 0xD8, 0xFF]))
    }

    @Test("a picture that is hidden while it is copied is not shown, and nothing of it stays in the store")
    func hiddenMeanwhile() async throws {
        let older = try await add(0)
        let id = try await add(60)
        try await publish()
        let catalogue = catalogue
        made.hook.withLock { hook in
            hook = { [made] in
                made.hook.withLock { $0 = nil }
                try await catalogue.pictures.setVisibility(id, .ownerOnly)
                let jobs = try await catalogue.jobs.claimConcealing(
                    worker: "test", limit: 9, now: .distantFuture, lease: 60)
                let job = try #require(jobs.first { $0.step == .conceal(id) })
                try await catalogue.pictures.concealed(id, from: 1, ending: job)
            }
        }
        #expect(try await ask().text == "\(older) 1 640x480")
        #expect(try await server.store.list(prefix: ObjectKey.prefix(of: id), after: nil, limit: 10).isEmpty)
    }

    @Test("when the newest is too old, or there is none, a placeholder of that size is shown, without a darkroom")
    func placeholder() async throws {
        try await publish()
        var tags: Set<String> = []
        for size in Hotlink.sizes {
            let answer = try await ask("/hotlink/Camera%207/\(size.text).jpg")
            #expect(answer.code == 200 && answer.headers[.contentType] == "image/jpeg")
            #expect(answer.bytes.starts(with: [0xFF, 0xD8, 0xFF]) && answer.bytes.suffix(2) == [0xFF, 0xD9])
            tags.insert(answer.headers[.eTag] ?? "")
        }
        #expect(tags.count == 3)
        let id = try await add(0)
        #expect(try await ask().text == "\(id) 1 640x480")
        try await publish(newestWithin: 3_600)
        #expect(try await ask().text == "\(id) 1 640x480")
        clock.advance(by: 1)
        #expect(tags.contains(try await ask().headers[.eTag] ?? ""))
        // One whose clock is far ahead is not in front of all others for years.
        _ = try await add(86_400 * 400)
        #expect(tags.contains(try await ask().headers[.eTag] ?? ""))
    }

    @Test("many who ask at once get one copy; a picture that cannot be copied is not tried at each request")
    func crowd() async throws {
        let id = try await add(0)
        try await publish()
        try await server.run { asker in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 { group.addTask { try await asker.get(Self.path).text } }
                for try await text in group { #expect(text == "\(id) 1 640x480") }
            }
        }
        #expect(made.asked.withLock { $0 }.count == 1)
        made.failure.withLock { $0 = Failure(.unavailable, "No darkroom.") }
        let newer = try await add(60)
        for _ in 0..<5 { #expect(try await ask().code == 503) }
        #expect(made.asked.withLock { $0 }.count == 2)
        made.failure.withLock { $0 = nil }
        clock.advance(by: 61)
        #expect(try await ask().text == "\(newer) 1 640x480")
    }

    @Test("when very many wait for one copy, further ones are told to come back, and those who wait get it")
    func fullLine() async throws {
        let id = try await add(0)
        try await publish()
        let gate = Turn(isTaken: true)
        made.hook.withLock { $0 = { try await gate.take() } }
        let shown = try await server.run { [made] asker in
            try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        let answer = try await asker.get(Self.path)
                        guard answer.code == 503 else { return answer.text }
                        made.refused.withLock { $0.append(answer.headers[.retryAfter]) }
                        return nil
                    }
                }
                // One is being served, and 64 wait.
                try await eventually { made.refused.withLock { $0.count } == 35 }
                gate.giveBack()
                return try await group.reduce(into: [String?]()) { $0.append($1) }.compactMap(\.self)
            }
        }
        #expect(shown == Array(repeating: "\(id) 1 640x480", count: 65))
        #expect(made.refused.withLock { $0 }.allSatisfy { $0 == "5" })
    }

    @Test("it is switched on by administrators who say that they mean it, and that is in the audit log")
    func switching() async throws {
        let path = "/api/camera_labels/\(label.id)/hotlink", token = try await server.token(of: admin)
        let asks: [(json: String, code: Int)] = [
            (#"{"enabled":true}"#, 422), (#"{"enabled":true,"newest_within_seconds":5,"confirm_public":true}"#, 422),
            (#"{"enabled":true,"newest_within_seconds":600,"confirm_public":true}"#, 200), (#"{"enabled":false}"#, 200),
        ]
        for (json, code) in asks {
            let answer = try await server.run {
                try await $0.send(
                    .put, path, token: token, headers: [.contentType: "application/json"], body: Array(json.utf8))
            }
            #expect(answer.code == code, "\(json): \(answer.text)")
            if code == 200, json.contains("true") {
                #expect(answer.value("newest_within_seconds") as? Int == 600)
                #expect(answer.string("addresses", "2")?.hasSuffix(Self.path) == true)
                #expect(try await ask().code == 200)
            }
        }
        #expect(try await ask().code == 404)
        let actions = try await catalogue.audit.list(before: nil, limit: 10).map(\.action)
        let expected = ["label.hotlink-withdrawn", "label.hotlink-published"]
        #expect(actions.filter { $0.hasPrefix("label.hotlink") } == expected)
    }
}
