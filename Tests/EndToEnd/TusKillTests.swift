import Domain
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// A file in parts survives kill −9: what the server says it has, it has, and the client goes on from there.
@Suite("Kill −9 while a file comes in parts", .serialized, .timeLimit(.minutes(10)))
struct TusKillTests {
    /// A picture of some megabytes: what stands behind the end of a JPEG's image is no part of it.
    private func picture() -> Data {
        var picture = TestJPEG.drive(1).data()
        picture += Data((0..<12_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) })
        return picture
    }

    private func begin(_ batch: Batch, _ length: Int) async throws -> String {
        let name = Data("a.jpg".utf8).base64EncodedString()
        let answer = try await batch.client.send(
            "POST", "/api/uploads",
            headers: [
                "Tus-Resumable": "1.0.0", "Upload-Length": "\(length)",
                "Upload-Metadata": "filename \(name),upload_set \(Data(batch.set.utf8).base64EncodedString())",
            ])
        return try #require(answer.headers.first(name: "Location"))
    }

    private func offset(_ batch: Batch, _ url: String) async throws -> Int {
        let answer = try await batch.client.send("HEAD", url, headers: ["Tus-Resumable": "1.0.0"])
        return try #require(answer.headers.first(name: "Upload-Offset").flatMap { Int($0) })
    }

    /// Sends a part in pieces over a plain connection, so that it can be broken in the middle; false when it was.
    private func send(_ part: Data, at offset: Int, to url: String, of batch: Batch) async throws -> Bool {
        let connection = try RawConnection(batch.server)
        let path = url.replacing(batch.server.origin, with: "")
        let head = [
            "PATCH \(path) HTTP/1.1", "Host: 127.0.0.1:\(batch.server.port)", "Tus-Resumable: 1.0.0",
            "Authorization: Bearer \(batch.client.token ?? "")", "Upload-Offset: \(offset)",
            "Content-Type: application/offset+octet-stream", "Content-Length: \(part.count)", "Connection: close",
        ]
        guard try await connection.send(Data((head.joined(separator: "\r\n") + "\r\n\r\n").utf8)) else { return false }
        for start in stride(from: part.startIndex, to: part.endIndex, by: 200_000) {
            guard try await connection.send(part[start..<min(start + 200_000, part.endIndex)]) else { return false }
        }
        return try await connection.answer().status == 204
    }

    @Test("each offset it names is on disk, byte for byte, and the picture is the one that was sent")
    func killed() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        let file = picture()
        let url = try await begin(batch, file.count)
        let folder = DataFolder(path: server.data)
        var known = 0
        for round in 1...6 {
            // The last part ends with the file; the others are cut by the kill, wherever it strikes.
            let start = known
            let end = round == 6 ? file.count : min(file.count, start + 5_000_000)
            async let sent = send(file[start..<end], at: start, to: url, of: batch)
            if round < 6 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...40)))
                try await server.kill()
                try await server.start()
            }
            let isWhole = (try? await sent) ?? false
            let now = try await offset(batch, url)
            #expect(now >= start && now <= end)
            if isWhole { #expect(now == end) }
            if now < file.count {
                let staged = try #require(folder.staged().first)
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(server.data)/\(staged)"))
                #expect(bytes.prefix(now) == file.prefix(now))
                let mode = try FileManager.default.attributesOfItem(atPath: "\(server.data)/\(staged)")
                #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
            known = now
            if known == file.count { break }
        }
        #expect(known == file.count)
        try await batch.finish()
        let files = try await batch.files()
        #expect(files.count == 1 && files.allSatisfy { $0.rejected == nil })
        #expect(try await batch.status().itemsStatus.prepared == 1)
        try await eventually { folder.staged().isEmpty }
        try await server.stop()
    }

    @Test("killed at the last byte, it takes the file all the same, once")
    func lastByte() async throws {
        let server = try BuiltServer()
        try await server.start()
        let batch = try await Batch.open(on: server)
        let file = picture()
        let url = try await begin(batch, file.count)
        for _ in 0..<8 {
            let known = try await offset(batch, url)
            if known == file.count { break }
            async let sent = send(file[known...], at: known, to: url, of: batch)
            try await eventually { try await batch.server.isReceiving(from: known, of: file.count) }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...60)))
            try await server.kill()
            try await server.start()
            _ = try? await sent
        }
        let known = try await offset(batch, url)
        if known < file.count { #expect(try await send(file[known...], at: known, to: url, of: batch)) }
        try await batch.finish()
        #expect(try await batch.files().count == 1)
        #expect(try await batch.status().itemsStatus.prepared == 1)
        try await server.stop()
    }
}

extension BuiltServer {
    /// Whether something behind `known` lies in the staging folder, or nothing lies there any more.
    fileprivate func isReceiving(from known: Int, of length: Int) async throws -> Bool {
        let folder = DataFolder(path: data)
        guard let staged = folder.staged().first else { return true }
        let size = try? FileManager.default.attributesOfItem(atPath: "\(data)/\(staged)")[.size] as? NSNumber
        return size?.intValue ?? length > known
    }
}
