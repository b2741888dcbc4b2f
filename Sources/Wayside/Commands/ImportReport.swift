import Domain
import Intake

/// What became of the files of an import.
struct ImportReport: Sendable {
    private(set) var taken = 0
    private(set) var present = 0
    private(set) var refused: [(name: String, reason: String)] = []
    private(set) var failed: [(name: String, reason: String)] = []

    mutating func add(_ name: String, _ outcome: IntakeOutcome) {
        switch outcome {
        case .admitted: taken += 1
        case .duplicate: present += 1
        case .refused(let file): refused.append((name, file.rejection?.message ?? "It was refused."))
        }
    }

    mutating func add(_ name: String, _ error: any Error) {
        failed.append((name, (error as? Failure)?.message ?? "\(error)"))
    }

    /// A table for the terminal; each file that is not there is named, up to a limit.
    var text: String {
        var lines = [
            Self.line(taken, "taken"), Self.line(present, "already there"), Self.line(refused.count, "refused"),
        ]
        lines += Self.details(refused)
        if !failed.isEmpty {
            lines.append(Self.line(failed.count, "failed; import the folder again to try them once more"))
            lines += Self.details(failed)
        }
        return lines.joined(separator: "\n")
    }

    private static let limit = 40

    private static func line(_ count: Int, _ what: String) -> String {
        let number = String(count)
        return String(repeating: " ", count: max(0, 7 - number.count)) + number + "  " + what
    }

    private static func details(_ files: [(name: String, reason: String)]) -> [String] {
        let groups = Dictionary(grouping: files, by: \.reason).sorted {
            ($1.value.count, $0.key) < ($0.value.count, $1.key)
        }
        var lines: [String] = []
        for (reason, files) in groups {
            lines.append("         \(reason)")
            lines += files.map(\.name).sorted().prefix(limit).map { "           \($0)" }
            if files.count > limit { lines.append("           … and \(files.count - limit) more") }
        }
        return lines
    }
}
