import Foundation

/// What of a picture its names at destinations are made of.
package struct NamedPicture: Hashable, Sendable {
    package let id: PictureID
    package let label: String
    package let capturedAt: Date
    /// Minutes east of UTC, where it was taken.
    package let utcOffset: Int
    /// As its sender called it.
    package let originalName: String

    package init(id: PictureID, label: String, capturedAt: Date, utcOffset: Int, originalName: String) {
        self.id = id
        self.label = label
        self.capturedAt = capturedAt
        self.utcOffset = utcOffset
        self.originalName = originalName
    }

    func text(_ word: NamePattern.Word, _ content: RouteContent) -> String {
        let local = CivilDate(capturedAt.addingTimeInterval(Double(utcOffset) * 60))
        return switch word {
        case .label: label
        case .year: Self.digits(local.year, 4)
        case .month: Self.digits(local.month)
        case .day: Self.digits(local.day)
        case .hour: Self.digits(local.hour)
        case .date: "\(Self.digits(local.year, 4))-\(Self.digits(local.month))-\(Self.digits(local.day))"
        case .time: "\(Self.digits(local.hour))\(Self.digits(local.minute))\(Self.digits(local.second))"
        case .id: id.string
        case .name: Self.stem(originalName)
        case .kind: content.word
        }
    }

    private static func digits(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    private static func stem(_ name: String) -> String {
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? Substring(name)
        return stem.isEmpty ? "picture" : String(stem.prefix(80))
    }
}
