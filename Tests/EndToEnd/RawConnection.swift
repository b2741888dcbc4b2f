import Foundation
import Glibc

/// A plain TCP connection, for what an HTTP library would not let one send.
final class RawConnection: Sendable {
    private let descriptor: Int32

    init(_ server: BuiltServer) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in.loopback(port: server.port)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard connected else { throw POSIXError(.ECONNREFUSED) }
    }

    deinit { close(descriptor) }

    /// Sends all bytes; false when the other side has closed.
    @discardableResult
    func send(_ bytes: Data) async throws -> Bool {
        let descriptor = descriptor
        return try await BuiltServer.blocking {
            var rest = Array(bytes)[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard sent > 0 else { return false }
                rest = rest.dropFirst(sent)
            }
            return true
        }
    }

    /// Says that nothing more will come.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Goes away at once, with a reset instead of a farewell.
    func abort() {
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    struct Answer: Sendable {
        let status: Int
        /// Names in lower case.
        let headers: [String: String]
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Everything until the other side closes, or for so long as the answer's own length says. Status 0: no answer.
    ///
    /// - Parameter toHead: the answer to a HEAD request, whose length is that of a body that must not come.
    func answer(toHead: Bool = false) async throws -> Answer {
        let descriptor = descriptor
        let bytes = try await BuiltServer.blocking {
            var all: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 64 << 10)
            while toHead || !Self.isComplete(all) {
                let count = recv(descriptor, &chunk, chunk.count, 0)
                guard count > 0 else { break }
                all += chunk.prefix(count)
            }
            return all
        }
        return Self.parse(bytes) ?? Answer(status: 0, headers: [:], body: [])
    }

    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        guard let answer = parse(bytes), let length = answer.headers["content-length"].flatMap({ Int($0) }) else {
            return false
        }
        return answer.body.count >= length
    }

    private static func parse(_ bytes: [UInt8]) -> Answer? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1] }
        }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, headers: headers, body: Array(bytes[end.upperBound...]))
    }
}
