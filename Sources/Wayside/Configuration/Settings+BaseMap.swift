import Domain
import Foundation
import Web

extension BaseMap {
    /// Tells from the setting what kind of map it is, and looks at a file of this machine before anybody asks for it.
    init(_ reader: SettingsReader) throws {
        guard let text = try reader.text(.baseMap) else {
            self = .naturalEarth
            return
        }
        if text.contains("{z}") {
            guard text.contains("{x}"), text.contains("{y}"), Self.isAddress(Self.example(text)) else {
                throw Self.invalid("an address of tiles needs https://, {z}, {x} and {y}")
            }
            self = .tiles(text)
        } else if Self.isAddress(text) {
            let path = URL(string: text)?.path() ?? ""
            self = path.hasSuffix(".pmtiles") ? .archive(.address(text)) : .style(.address(text))
        } else {
            self = try Self.file(try reader.path(.baseMap) ?? text)
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        URL(string: text).flatMap(AllowedOrigins.origin) != nil
    }

    private static func file(_ path: String) throws -> BaseMap {
        guard let file = FileHandle(forReadingAtPath: path) else { throw invalid("there is no file \(path) to read") }
        defer { try? file.close() }
        let head = try file.read(upToCount: 8) ?? Data()
        // Specification version 3, §3: the magic number and the version.
        if head == Data("PMTiles".utf8 + [3]) { return .archive(.file(path)) }
        guard let bytes = FileManager.default.contents(atPath: path),
            let style = try? JSONDecoder().decode(StyleHead.self, from: bytes), style.version == 8
        else { throw invalid("\(path) is neither a MapLibre style (version 8) nor a PMTiles archive (version 3)") }
        return .style(.file(path))
    }

    /// As much of a style as tells that it is one.
    private struct StyleHead: Decodable {
        let version: Int
    }

    private static func invalid(_ reason: String) -> Failure {
        Failure(.unprocessable, "The setting base-map cannot be used: \(reason).")
    }
}
