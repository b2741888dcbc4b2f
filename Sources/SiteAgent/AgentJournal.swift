import Crypto
import Domain
import Foundation
import Storage

/// What the agent knows, in a folder of small files, each there whole or not at all. All calls block.
package struct AgentJournal: Sendable {
    private let path: String
    /// By which the server knows the sets of this agent.
    let agent: String

    private static let files = "files"
    private static let sets = "sets"

    /// Opens the folder, making it if it is missing.
    package init(path: String) throws {
        self.path = path
        for folder in [path, "\(path)/\(Self.files)", "\(path)/\(Self.sets)"] {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw Failure(.unavailable, "The state folder \(folder) cannot be made.", underlying: error)
            }
        }
        if let known = FileManager.default.contents(atPath: "\(path)/agent") {
            agent = String(decoding: known, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        } else {
            agent = UUID().uuidString.lowercased()
            try Self.replace("\(path)/agent", with: Data(agent.utf8))
        }
    }

    /// All files by their paths. What cannot be understood is as if it were not there: the server will know the file.
    package func records() throws -> [String: AgentRecord] {
        let all: [AgentRecord] = try read(Self.files)
        return Dictionary(all.map { ($0.path, $0) }) { first, _ in first }
    }

    package func store(_ record: AgentRecord) throws { try write(record, Self.files, record.path) }
    func forget(_ record: AgentRecord) throws { try remove(Self.files, record.path) }

    func allSets() throws -> [String: AgentSet] {
        let all: [AgentSet] = try read(Self.sets)
        return Dictionary(all.map { ($0.key, $0) }) { first, _ in first }
    }

    func store(_ set: AgentSet) throws { try write(set, Self.sets, set.key) }
    func forget(_ set: AgentSet) throws { try remove(Self.sets, set.key) }

    private func read<Value: Decodable>(_ kind: String) throws -> [Value] {
        let folder = "\(path)/\(kind)"
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        } catch {
            throw Failure(.unavailable, "The state folder \(folder) cannot be read.", underlying: error)
        }
        return names.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap {
                try? JSONDecoder().decode(Value.self, from: $0)
            }
        }
    }

    private func write(_ value: some Encodable, _ kind: String, _ name: String) throws {
        try Self.replace(place(kind, name), with: try JSONEncoder().encode(value))
    }

    private func remove(_ kind: String, _ name: String) throws {
        do {
            try FileManager.default.removeItem(atPath: place(kind, name))
        } catch CocoaError.fileNoSuchFile {
            return
        } catch {
            throw Failure(.unavailable, "The state folder \(path) cannot be written to.", underlying: error)
        }
    }

    /// Whatever the name holds.
    private func place(_ kind: String, _ name: String) -> String {
        "\(path)/\(kind)/\(HexadecimalText.of(SHA256.hash(data: Data(name.utf8)).prefix(16))).json"
    }

    private static func replace(_ path: String, with data: Data) throws {
        let temporary = "\(path).new"
        try? FileManager.default.removeItem(atPath: temporary)
        try WholeFile.write(data, to: temporary, named: path)
    }
}
