import Domain
import Foundation
import NIOHTTP1
import Storage

/// A file on its way to another Wayside in parts (tus 1.0), gone on with wherever it was left.
package struct PeerUpload: Sendable {
    /// What is sent.
    package struct Item: Sendable {
        package let file: OpenFile
        /// Its path in the set.
        package let name: String
        /// Lower-case hexadecimal.
        package let sha256: String
        package let set: UploadSetID
        /// The id that the picture is to have there, if it is free.
        package let picture: PictureID?

        package init(file: OpenFile, name: String, sha256: String, set: UploadSetID, picture: PictureID? = nil) {
            self.file = file
            self.name = name
            self.sha256 = sha256
            self.set = set
            self.picture = picture
        }
    }

    /// Which picture it is there.
    package struct Arrival: Hashable, Sendable {
        package let picture: PictureID
        /// It was there before.
        package let isDuplicate: Bool
    }

    package let server: PeerServer
    /// Bytes of one request.
    package let part: Int64

    /// Waits as long as so many bytes have to.
    private let pace: @Sendable (Int) async throws -> Void

    package init(
        server: PeerServer, part: Int64 = 4 << 20, pace: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) {
        self.server = server
        self.pace = pace
        self.part = max(1, part)
    }

    private static let version = ("Tus-Resumable", "1.0.0")

    /// Sends what the other side does not have yet.
    ///
    /// - Parameters:
    ///   - place: where an earlier run had begun to send it; one that is over by now is begun anew.
    ///   - begun: is told the place as soon as there is one.
    ///   - progress: is told that the other side has taken a part.
    /// - Throws: `.unprocessable` and `.tooLarge` when the file is refused; what else may pass.
    package func send(
        _ item: Item, at place: String?, progress: () -> Void = {}, begun: (String) async throws -> Void
    ) async throws -> Arrival {
        var place = place
        if let known = place {
            do {
                return try await proceed(item, at: known, progress)
            } catch let failure as Failure where Self.isOver(failure) {
                place = nil
            }
        }
        let new = try await begin(item)
        try await begun(new)
        return try await proceed(item, at: new, progress)
    }

    private static func isOver(_ failure: Failure) -> Bool {
        [.notFound, .gone, .checksumMismatch].contains(failure.code)
    }

    private func begin(_ item: Item) async throws -> String {
        var metadata = [
            ("filename", item.name), ("upload_set", item.set.string), ("sha256", item.sha256),
        ]
        if let picture = item.picture { metadata.append(("picture_id", picture.string)) }
        let text = metadata.map { "\($0.0) \(Data($0.1.utf8).base64EncodedString())" }.joined(separator: ",")
        let answer = try await server.fields(
            .POST, "/api/uploads",
            [Self.version, ("Upload-Length", "\(item.file.size)"), ("Upload-Metadata", text), ("Content-Length", "0")])
        guard let place = answer.first(name: "Location").flatMap(URL.init(string:)) else {
            throw Failure(.unavailable, "\(server.address) does not say where the file is to go.")
        }
        // Only its path: the token is for the server that was named, whatever it calls itself.
        return place.path()
    }

    private func proceed(_ item: Item, at place: String, _ progress: () -> Void) async throws -> Arrival {
        // GET is answered with the same fields as HEAD, and with words if something is wrong.
        var answer = try await server.fields(.GET, place, [Self.version])
        while true {
            if let arrival = Self.arrival(answer) { return arrival }
            guard let offset = answer.first(name: "Upload-Offset").flatMap({ Int64($0) }), offset >= 0,
                offset < item.file.size
            else {
                throw Failure(.unavailable, "\(server.address) does not say how far the file is.")
            }
            try Task.checkCancellation()
            let range = offset..<min(offset + part, item.file.size)
            try await pace(range.count)
            answer = try await server.fields(
                .PATCH, place,
                [
                    Self.version, ("Upload-Offset", "\(offset)"),
                    ("Content-Type", "application/offset+octet-stream"),
                ], (item.file, range))
            progress()
        }
    }

    private static func arrival(_ headers: HTTPHeaders) -> Arrival? {
        guard let outcome = headers.first(name: "Wayside-Outcome"),
            let picture = headers.first(name: "Wayside-Picture").flatMap({ PictureID($0) })
        else { return nil }
        return Arrival(picture: picture, isDuplicate: outcome == "duplicate")
    }
}
