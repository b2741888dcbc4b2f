import Crypto
import Domain
import Foundation
import Storage
import StorageS3

/// Reads the requests of Amazon's test suite, which are written as HTTP/1.1.
enum PublishedRequest {
    struct Unreadable: Error {}

    static func read(_ text: String) throws -> CanonicalRequest {
        let halves = text.components(separatedBy: "\n\n")
        var lines = halves[0].components(separatedBy: "\n")
        let words = lines.removeFirst().split(separator: " ").map(String.init)
        guard words.count == 3 else { throw Unreadable() }
        let target = words[1].split(separator: "?", maxSplits: 1).map(String.init)
        let path = target[0].removingPercentEncoding ?? target[0]
        let body = halves.dropFirst().joined(separator: "\n\n")
        return CanonicalRequest(
            method: words[0], path: encoded(path), query: query(target.count > 1 ? target[1] : ""),
            headers: try headers(lines), payloadHash: hash(body))
    }

    /// What is no letter, digit, slash or one of `-._~`.
    private static func encoded(_ path: String) -> String {
        path.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(
                charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~")) ?? path
    }

    private static func query(_ text: String) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? String($0) }
            return (name: parts.first ?? "", value: parts.count > 1 ? parts[1] : "")
        }
    }

    /// A line that begins with a space goes on with the value before it.
    private static func headers(_ lines: [String]) throws -> [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        for line in lines where !line.isEmpty {
            if line.hasPrefix(" "), let last = headers.popLast() {
                headers.append((last.name, "\(last.value) \(line)"))
            } else {
                let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
                headers.append((parts[0], parts.count > 1 ? parts[1] : ""))
            }
        }
        return headers
    }

    private static func hash(_ body: String) -> String {
        HexadecimalText.of(SHA256.hash(data: Array(body.utf8)))
    }
}
