import Domain
import Foundation
import Storage
import Synchronization

/// Anything that rclone speaks. It compares sizes, and checksums where the other side has them, after each file.
package final class RcloneDestination: Destination {
    private let place: RclonePlace
    private let secrets: [String: String]
    private let program: RcloneProgram
    private let configuration: RcloneConfiguration
    /// What is there, as of the first page of the last listing: rclone gives all or nothing.
    private let listing = Mutex<[DeliveredEntry]>([])

    /// - Throws: `.unprocessable` for a backend or options that rclone does not know.
    package init(_ place: RclonePlace, secrets: [String: String], program: RcloneProgram) async throws {
        self.place = place
        self.secrets = secrets
        self.program = program
        configuration = try await RcloneConfiguration(place, secrets: secrets, program: program)
    }

    package func put(_ file: OutgoingFile) async throws {
        // What is there of another time or size counts for nothing: it is replaced.
        var arguments = ["copyto", file.path, remote(file.name), "--ignore-times"]
        if let rate = file.pace?.rate { arguments += ["--bwlimit", "\(rate)B"] }
        try await run(arguments)
    }

    package func delete(_ name: String) async throws {
        do {
            try await run(["deletefile", remote(name)])
        } catch let failure as Failure where failure.code == .notFound {
            return
        }
    }

    package func list(after: String?, limit: Int) async throws -> [DeliveredEntry] {
        if after == nil { try await refresh() }
        return listing.withLock { all in
            let start = after.map { after in all.partitioningIndex { $0.name > after } } ?? 0
            return Array(all[start...].prefix(limit))
        }
    }

    package func read(_ name: String, into path: String) async throws {
        try await run(["copyto", remote(name), path, "--ignore-times"])
    }

    /// Writes a small file and removes it.
    package func check() async throws {
        let (scratch, name) = (program.scratch, ".wayside-check")
        let path = try await BlockingWork.run {
            let path = try scratch.newPath()
            _ = try PlainFile(path)
            return path
        }
        defer { scratch.drop(path) }
        try await run(["copyto", path, remote(name), "--ignore-times"])
        try await delete(name)
    }

    private func refresh() async throws {
        let output: String
        do {
            output = try await run(["lsf", remote(""), "-R", "--files-only", "--format", "sp", "--separator", ";"])
        } catch let failure as Failure where failure.code == .notFound {
            // Nothing was ever put there.
            output = ""
        }
        let entries = output.split(separator: "\n").compactMap { line -> DeliveredEntry? in
            guard let mark = line.firstIndex(of: ";"), let size = Int64(line[..<mark]) else { return nil }
            return DeliveredEntry(name: String(line[line.index(after: mark)...]), size: size)
        }
        let sorted = entries.filter { $0.name != ".wayside-check" }.sorted { $0.name < $1.name }
        listing.withLock { $0 = sorted }
    }

    private func remote(_ name: String) -> String {
        let path = place.path
        let folder = path.isEmpty || path.hasSuffix("/") || name.isEmpty ? path : "\(path)/"
        return "\(RcloneConfiguration.remote):\(folder)\(name)"
    }

    private static let common = [
        "--retries", "1", "--low-level-retries", "3", "--contimeout", "10s", "--timeout", "60s", "--stats", "0",
        "--use-server-modtime", "--log-level", "ERROR",
    ]

    @discardableResult
    private func run(_ arguments: [String]) async throws -> String {
        let answer = try await program.run(arguments + ["--config", configuration.path] + Self.common)
        guard answer.code != 0 else { return answer.output }
        let reason = reason(answer.errors)
        // 3: no such folder; 4: no such file.
        if [3, 4].contains(answer.code) { throw Failure(.notFound, "There is no such file at the destination.") }
        throw Failure(.unavailable, "\(place.backend) does not work: \(reason)")
    }

    /// The last thing that rclone complains of, without its clock, and without any secret.
    private func reason(_ errors: String) -> String {
        let line = errors.split(separator: "\n").last.map(String.init) ?? "no reason was given"
        let mark = ["CRITICAL: ", "ERROR : ", "NOTICE: "].compactMap { line.range(of: $0)?.upperBound }.first
        let text = mark.map { String(line[$0...]) } ?? line
        let masked = secrets.values.filter { !$0.isEmpty }.reduce(text) { $0.replacing($1, with: "…") }
        return String(masked.replacing(configuration.path, with: "…").prefix(300))
    }
}

extension [DeliveredEntry] {
    /// The first index from which on `belongs` holds, in a list where it holds for all that follow one that it holds for.
    fileprivate func partitioningIndex(where belongs: (DeliveredEntry) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
