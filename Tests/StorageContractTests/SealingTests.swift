import Crypto
import Domain
import Foundation
import Storage
import TestSupport
import Testing

@Suite("Sealing originals to a key")
struct SealingTests {
    private let folder: TemporaryFolder
    private let key = PrivateSealingKey()
    private let picture = PictureID()
    private static let chunk = 256 << 10

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
    }

    private func hash(_ data: Data) -> String {
        SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
    }

    /// Seals `original` and gives the path of the ciphertext.
    private func seal(_ original: Data, as name: String = "sealed") throws -> String {
        let (source, target) = (folder.file("\(name).source"), folder.file(name))
        try original.write(to: URL(filePath: source))
        let sealed = try OriginalSealer(key: key.publicKey)
            .seal(source, of: picture, sha256: hash(original), to: target)
        let written = try Data(contentsOf: URL(filePath: target))
        #expect(sealed.size == Int64(written.count) && sealed.sha256 == hash(written))
        return target
    }

    private func open(_ path: String, with key: PrivateSealingKey? = nil, of id: PictureID? = nil) throws -> Data {
        let target = folder.file("opened-\(UUID().uuidString)")
        do {
            try OriginalOpener(key: key ?? self.key).open(path, of: id, to: target)
        } catch {
            #expect(!FileManager.default.fileExists(atPath: target), "something was left of a refused file")
            throw error
        }
        return try Data(contentsOf: URL(filePath: target))
    }

    private func refusal(_ body: () throws -> Data) -> String {
        do {
            _ = try body()
            return "not refused"
        } catch let failure as Failure {
            return failure.message
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "what was sealed comes out bit for bit, and nothing of it is seen in between",
        arguments: [1, 1000, 262_143, 262_144, 262_145, 786_432, 786_449])
    func roundTrip(size: Int) throws {
        var original = bytes(size)
        let marker = Data("UNMISTAKABLE".utf8)
        if size > 100 { original.replaceSubrange(40..<(40 + marker.count), with: marker) }
        let path = try seal(original)
        #expect(try Data(contentsOf: URL(filePath: path)).range(of: marker) == nil)
        #expect(try open(path, of: picture) == original)
    }

    @Test("the same original is sealed differently each time")
    func fresh() throws {
        let original = bytes(5000)
        let (first, second) = (try seal(original, as: "one"), try seal(original, as: "two"))
        let tails = try [first, second].map { try Data(contentsOf: URL(filePath: $0)).suffix(1000) }
        #expect(tails[0] != tails[1])
    }

    @Test("another key, another picture and what is no sealed file are each refused with their reason")
    func wrong() throws {
        let path = try seal(bytes(1000))
        let other = PrivateSealingKey()
        let wrongKey = refusal { try open(path, with: other) }
        #expect(wrongKey.contains(key.publicKey.id) && wrongKey.contains(other.publicKey.id))
        #expect(refusal { try open(path, of: PictureID()) }.contains("another picture, \(picture)"))
        let plain = folder.file("plain")
        try bytes(1000).write(to: URL(filePath: plain))
        #expect(refusal { try open(plain) }.contains("not a sealed original"))
    }

    @Test("a header that names the key it is opened with does not make it the right one")
    func forgedKey() throws {
        let other = PrivateSealingKey()
        let path = try seal(bytes(1000))
        let text = try Data(contentsOf: URL(filePath: path))
        let forged = try replacing(key.publicKey.id, with: other.publicKey.id, in: text)
        #expect(refusal { try open(forged, with: other) }.contains("altered"))
    }

    @Test("a flipped bit is refused, wherever it is")
    func flipped() throws {
        let original = bytes(2 * Self.chunk + 100)
        let sealed = try Data(contentsOf: URL(filePath: try seal(original)))
        let header = try #require(sealed.range(of: Data("}\n".utf8))).upperBound
        var places = Array(0..<header)
        places += [header, header + 1000, header + Self.chunk + 15, header + Self.chunk + 16, sealed.count - 1]
        for place in places {
            var altered = sealed
            altered[place] ^= 1
            let path = folder.file("flipped-\(place)")
            try altered.write(to: URL(filePath: path))
            #expect(refusal { try open(path, of: picture) } != "not refused", "byte \(place)")
        }
    }

    @Test("messages that are cut off, exchanged, repeated or added are refused")
    func rearranged() throws {
        let message = Self.chunk + 16
        let sealed = try Data(contentsOf: URL(filePath: try seal(bytes(3 * Self.chunk))))
        let start = try #require(sealed.range(of: Data("}\n".utf8))).upperBound
        let header = sealed[..<start]
        let parts = (0..<3).map { sealed[(start + $0 * message)..<(start + ($0 + 1) * message)] }
        let cut = try write(header + parts[0] + parts[1])
        #expect(refusal { try open(cut) }.contains("cut off"))
        // Even with a header that says so: the last message says that it is the last.
        let size = try replacing(
            "\"size\":\(3 * Self.chunk)", with: "\"size\":\(2 * Self.chunk)", in: header + parts[0] + parts[1])
        #expect(refusal { try open(size) }.contains("altered"))
        #expect(refusal { try open(write(header + parts[1] + parts[0] + parts[2])) }.contains("altered"))
        #expect(refusal { try open(write(header + parts[0] + parts[0] + parts[2])) }.contains("altered"))
        #expect(refusal { try open(write(sealed + [0])) }.contains("more after its end"))
    }

    @Test("a file that is not what was received is not sealed: nobody could open it")
    func changed() throws {
        let source = folder.file("source")
        try bytes(1000).write(to: URL(filePath: source))
        let target = folder.file("target")
        #expect(throws: Failure.self) {
            try OriginalSealer(key: key.publicKey)
                .seal(source, of: picture, sha256: String(repeating: "0", count: 64), to: target)
        }
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test("a private key is written once, for its owner alone, and read again")
    func keyFile() throws {
        let path = folder.file("key")
        try key.write(to: path)
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        #expect(try PrivateSealingKey(fileAt: path).publicKey.text == key.publicKey.text)
        #expect(throws: Failure.self) { try PrivateSealingKey().write(to: path) }
        #expect(try PrivateSealingKey(fileAt: path).publicKey.text == key.publicKey.text)
    }

    @Test("only a public key is taken for one")
    func publicKey() throws {
        #expect(try PublicSealingKey("  \(key.publicKey.text)\n").id == key.publicKey.id)
        let path = folder.file("key")
        try key.write(to: path)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let secret = try #require(lines.last)
        do {
            _ = try PublicSealingKey(String(secret))
            Issue.record("a private key was taken")
        } catch let failure as Failure {
            #expect(failure.message.contains("private key") && !failure.message.contains(secret.suffix(20)))
        }
        // The last is a point that gives everybody the same secret (RFC 7748 §6.1).
        let zero = "wayside-public:" + String(repeating: "A", count: 43)
        for text in ["", "wayside-public:", "wayside-public:short", key.publicKey.id, zero] {
            #expect(throws: Failure.self, "\(text)") { try PublicSealingKey(text) }
        }
    }

    private func write(_ data: Data) throws -> String {
        let path = folder.file(UUID().uuidString)
        try data.write(to: URL(filePath: path))
        return path
    }

    private func replacing(_ old: String, with new: String, in data: Data) throws -> String {
        var data = Data(data)
        let range = try #require(data.range(of: Data(old.utf8)))
        data.replaceSubrange(range, with: Data(new.utf8))
        return try write(data)
    }
}
