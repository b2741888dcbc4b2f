import Catalogue
import Domain

/// A route as its page shows it.
struct RouteCard: Sendable {
    struct Destination: Sendable {
        let number: String
        let place: String
        let state: String
        /// `good`, `bad` or nothing.
        let tone: String
        let error: String?
        let waiting: String
        let oldest: PageTime?
        let dead: String
        let files: String
    }

    let id: String
    let name: String
    let isEnabled: Bool
    /// It takes back what it has sent, and is deleted then.
    let isEnding: Bool
    /// What becomes of the files there; nil when there are none.
    let copiesQuestion: String?
    let newestOnly: Bool
    let labels: String
    let contents: String
    let pattern: String
    let times: String
    let hidden: String
    let destinations: [Destination]
    let hasSetbacks: Bool
    /// Why pictures could not be sent, with how many.
    let setbacks: [String]
    let hasDead: Bool

    init(
        _ standing: RouteAdministration.Standing, _ setbacks: [JobSetback], _ words: PageWords, _ sentences: Sentences
    ) {
        let (route, format) = (standing.route, PageFormat(words.language))
        id = route.id.string
        name = route.name
        isEnabled = route.isEnabled
        isEnding = route.endingSince != nil
        let files = standing.states.reduce(0) { $0 + $1.files }
        copiesQuestion = files > 0 ? words("routes.copiesQuestion", count: files) : nil
        newestOnly = route.newestOnly
        labels = standing.labels.map(\.name).joined(separator: ", ")
        contents = route.contents.map { content in
            if case .rendition(let rendition) = content { return "\(rendition.width) × \(rendition.height)" }
            return words("routes.\(content.word)")
        }.joined(separator: ", ")
        pattern = route.pattern.text
        times = Self.times(route, words, format)
        hidden = words("routes.\(route.whenHidden.rawValue)")
        destinations = route.destinations.compactMap { destination in
            guard let state = standing.states.first(where: { $0.number == destination.number }) else { return nil }
            return Self.destination(destination, state, route, words, sentences)
        }
        hasSetbacks = !setbacks.isEmpty
        self.setbacks = setbacks.map { setback in
            words("routes.failed", count: setback.jobs, ["reason": sentences(setback.reason)])
        }
        hasDead = standing.states.contains { $0.parked > 0 || $0.downSince != nil }
    }

    private static func destination(
        _ destination: RouteDestination, _ state: DestinationState, _ route: Route, _ words: PageWords,
        _ sentences: Sentences
    ) -> Destination {
        let format = PageFormat(words.language)
        let word = state.downSince != nil ? "down" : state.workedAt == nil ? "unused" : "works"
        return Destination(
            number: "\(destination.number)", place: destination.configuration.summary, state: words("routes.\(word)"),
            tone: word == "down" ? "bad" : word == "works" ? "good" : "", error: state.lastError.map { sentences($0) },
            waiting: format.number(state.waiting), oldest: state.oldest.map { PageTime($0) },
            dead: format.number(state.parked),
            files: "\(format.number(state.files)) · \(format.bytes(state.size))")
    }

    private static func times(_ route: Route, _ words: PageWords, _ format: PageFormat) -> String {
        let window = route.window.map { window in
            "\(DeliveryWindow.text(window.from))–\(DeliveryWindow.text(window.to)) \(window.zone ?? "")"
        }
        let rate = route.rate.map { "\(format.bytes(Int64($0)))/s" }
        return [window ?? words("routes.atOnce"), rate].compactMap(\.self).joined(separator: ", ")
    }
}
