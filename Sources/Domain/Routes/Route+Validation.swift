import Foundation

extension Route {
    /// Bytes a second: below that a picture would take hours.
    package static let rates = 1024...1_000_000_000_000
    package static let mostDestinations = 10

    /// The route with its name trimmed, and nothing said twice.
    ///
    /// - Throws: `.unprocessable` with the rule that is broken.
    package func validated() throws -> Route {
        var route = self
        route.name = try Self.validName(name)
        route.labels = Self.once(labels)
        route.contents = Self.once(contents)
        guard !route.labels.isEmpty else { throw Self.refusal("A route needs a camera label.", "labels") }
        guard !route.contents.isEmpty else { throw Self.refusal("Say what the route sends.", "contents") }
        guard (1...Self.mostDestinations).contains(destinations.count) else {
            throw Self.refusal("A route has 1 to \(Self.mostDestinations) destinations.", "destinations")
        }
        guard Set(destinations.map(\.configuration)).count == destinations.count else {
            throw Self.refusal("Two destinations of the route are the same.", "destinations")
        }
        for destination in destinations { try destination.configuration.validate(destination.secrets) }
        if let rate, !Self.rates.contains(rate) {
            throw Self.refusal(
                "A route sends \(Self.rates.lowerBound) to \(Self.rates.upperBound) bytes a second.", "rate")
        }
        try pattern.requireDistinct(contents)
        if route.contents.contains(.backup) { try route.requireBackup() }
        if newestOnly { try route.requireNewest() }
        return route
    }

    /// A backup that lacks something, or that something else is mixed with, cannot be restored.
    private func requireBackup() throws {
        guard contents == [.backup] else { throw Self.refusal("A backup is a route of its own.", "contents") }
        guard whenHidden == .keep else {
            throw Self.refusal("A backup keeps hidden pictures too: when_hidden is keep.", "when_hidden")
        }
        guard since == nil else { throw Self.refusal("A backup sends pictures of all times.", "since") }
        guard destinations.allSatisfy({ $0.configuration.kind != .http }) else {
            throw Self.refusal("What a backup is sent to has to give its files back.", "destinations")
        }
    }

    /// What is replaced again and again must be a file, of a picture that others may see, and never another label's.
    private func requireNewest() throws {
        guard contents.allSatisfy({ !$0.isOriginal && $0 != .backup }) else {
            throw Self.refusal(
                "A route of the newest picture alone sends redacted files: hd, sd, thumb, item or a size such as 1920x1280.",
                "contents")
        }
        guard whenHidden == .withdraw else {
            throw Self.refusal(
                "A route of the newest picture alone takes back what is hidden: when_hidden is withdraw.", "when_hidden"
            )
        }
        guard destinations.allSatisfy({ $0.configuration.kind != .wayside }) else {
            throw Self.refusal(
                "Another Wayside takes pictures, and no file that is replaced: a route of the newest picture alone cannot send there.",
                "destinations")
        }
        guard labels.count == 1 || pattern.tellsLabelsApart else {
            throw Self.refusal(
                "The newest pictures of several camera labels need names of their own: the pattern for names needs {label}.",
                "pattern")
        }
    }

    private static func validName(_ text: String) throws -> String {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...80).contains(name.count), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
            throw refusal("A route has a name of 1 to 80 characters.", "name")
        }
        return name
    }

    private static func once<Value: Hashable>(_ values: [Value]) -> [Value] {
        var seen: Set<Value> = []
        return values.filter { seen.insert($0).inserted }
    }

    static func refusal(_ sentence: String, _ field: String) -> Failure {
        Failure(.unprocessable, sentence, details: ["field": field])
    }
}
