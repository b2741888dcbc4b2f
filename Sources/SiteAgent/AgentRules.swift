import Foundation

/// What somebody has said about a folder that is watched.
package struct AgentRules: Sendable {
    /// The camera label at the server.
    package var label: String
    /// The time of the place: by its days upload sets are cut.
    package var zone: TimeZone
    /// Seconds that one upload set takes; nil for a day.
    package var setEvery: TimeInterval?
    /// Seconds that a file is left alone after it has last changed.
    package var patience: TimeInterval
    /// Seconds that a delivered file is kept here; nil for ever.
    package var keep: TimeInterval?
    /// Bytes that all files may take here together; nil for as many as there is room for.
    package var keepSize: Int64?
    /// Pictures that lack their place or time wait at the server to be told.
    package var holdsUnplaced: Bool
    /// The longest wait between two tries. Seconds.
    package var longestWait: TimeInterval

    package init(
        label: String, zone: TimeZone = .gmt, setEvery: TimeInterval? = nil, patience: TimeInterval = 3,
        keep: TimeInterval? = nil, keepSize: Int64? = nil, holdsUnplaced: Bool = false,
        longestWait: TimeInterval = 60
    ) {
        self.label = label
        self.zone = zone
        self.setEvery = setEvery
        self.patience = patience
        self.keep = keep
        self.keepSize = keepSize
        self.holdsUnplaced = holdsUnplaced
        self.longestWait = longestWait
    }

    /// The set that a picture of this moment belongs to, in an order that is that of time: `2026-06-01` or
    /// `2026-06-01 14.00`.
    func key(of moment: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard let setEvery, setEvery < 86_400 else { return Self.day(moment, calendar) }
        let midnight = calendar.startOfDay(for: moment)
        let start = midnight.addingTimeInterval(
            (moment.timeIntervalSince(midnight) / setEvery).rounded(.down) * setEvery)
        let parts = calendar.dateComponents([.hour, .minute], from: start)
        return "\(Self.day(start, calendar)) \(Self.two(parts.hour)).\(Self.two(parts.minute))"
    }

    private static func day(_ moment: Date, _ calendar: Calendar) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        let year = String(parts.year ?? 0)
        return "\(String(repeating: "0", count: max(0, 4 - year.count)))\(year)-\(two(parts.month))-\(two(parts.day))"
    }

    private static func two(_ number: Int?) -> String {
        let number = number ?? 0
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
