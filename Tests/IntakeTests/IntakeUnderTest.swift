import Catalogue
import Crypto
import Domain
import Foundation
import Intake
import NIOCore
import Storage
import TestSupport

/// An intake over a fresh catalogue, with an account that sends to one upload set.
struct IntakeUnderTest {
    let test: TestCatalogue
    let intake: Intake
    let account: Account
    let set: UploadSet

    static let boundary = "a-boundary"

    init(maximumFileSize: Int64 = 1_000_000, stagingFolder: String? = nil) async throws {
        test = try await TestCatalogue()
        let folder = stagingFolder ?? test.folder.file("staging")
        intake = Intake(
            catalogue: test.catalogue, staging: try StagingFolder(path: folder, reserve: 0),
            maximumFileSize: maximumFileSize)
        let label = try await test.addLabel("car-7")
        account = try await test.addAccount("ada", grants: [label])
        set = try await test.addUploadSet(by: account, label: label)
    }

    /// Sends a form in pieces of `piece` bytes.
    @discardableResult
    func send(
        _ form: Form, piece: Int = 10_000, announced: Int64? = nil, isAnnounced: Bool = true, cut: Int? = nil,
        breaking: Bool = false
    ) async throws -> IntakeOutcome {
        let body = Array(form.bytes.prefix(cut ?? .max))
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for start in stride(from: 0, to: body.count, by: piece) {
                continuation.yield(ByteBuffer(bytes: body[start..<min(start + piece, body.count)]))
            }
            continuation.finish(throwing: breaking ? Broken() : nil)
        }
        return try await intake.receive(
            multipart: stream, boundary: Self.boundary,
            announcedLength: isAnnounced ? announced ?? Int64(form.bytes.count) : nil, into: set, viewer: account.viewer
        )
    }

    struct Broken: Error {}

    /// What lies in the staging folder.
    var staged: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: intake.staging.path) }
    }

    func files() async throws -> [UploadFile] {
        try await test.catalogue.uploadSets.files(set.id, after: nil, limit: 100)
    }

    static func jpeg(_ size: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return [0xFF, 0xD8, 0xFF, 0xE1] + (0..<max(0, size - 4)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func md5(_ bytes: [UInt8]) -> String {
        Insecure.MD5.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// A form as a client sends it.
struct Form {
    private(set) var bytes: [UInt8] = []
    private var isOpen = false

    static func file(_ name: String, _ content: [UInt8], fields: [(String, String)] = []) -> Form {
        var form = Form()
        for (field, value) in fields { form.add(field, value) }
        form.add(file: name, content)
        return form.closed()
    }

    mutating func add(_ field: String, _ value: String) {
        part("name=\"\(field)\"", Array(value.utf8))
    }

    mutating func add(file name: String, _ content: [UInt8], field: String = "file") {
        part("name=\"\(field)\"; filename=\"\(name)\"\r\nContent-Type: image/jpeg", content)
    }

    func closed() -> Form {
        var form = self
        form.bytes += Array("\r\n--\(IntakeUnderTest.boundary)--\r\n".utf8)
        return form
    }

    private mutating func part(_ disposition: String, _ content: [UInt8]) {
        let start = bytes.isEmpty ? "" : "\r\n"
        bytes += Array(
            "\(start)--\(IntakeUnderTest.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8)
        bytes += content
    }
}
