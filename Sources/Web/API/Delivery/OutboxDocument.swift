import Catalogue
import Domain

/// What a route owes, on the wire.
struct OutboxDocument {
    let letters: [OutboxStore.Letter]
    let reasons: [JobSetback]
    /// In the language of who asks.
    let sentences: Sentences

    /// - Parameters:
    ///   - limit: how many there may be on a page.
    ///   - address: of the first page.
    func json(limit: Int, address: String, isDead: Bool) -> JSON {
        var links: [JSON] = []
        if letters.count == limit, let last = letters.last {
            let dead = isDead ? "&dead=true" : ""
            let next = "\(address)?limit=\(limit)&after=\(last.destination),\(last.pictureID)\(dead)"
            links.append(["rel": "next", "href": .string(next), "type": "application/json"])
        }
        return [
            "pictures": .array(letters.map(letter)),
            "reasons": .array(
                reasons.map { ["reason": .string(sentences($0.reason)), "pictures": .int($0.jobs)] }),
            "links": .array(links),
        ]
    }

    private func letter(_ letter: OutboxStore.Letter) -> JSON {
        [
            "picture": .string(letter.pictureID.string), "destination": .int(letter.destination),
            "queued_at": RouteDocument.time(letter.queuedAt), "attempts": .int(letter.attempts),
            "next_try": letter.parkedAt == nil && letter.dueAt > letter.queuedAt
                ? RouteDocument.time(letter.dueAt) : .null,
            "error": .optional(letter.lastError.map { sentences($0) }),
            "dead_since": RouteDocument.time(letter.parkedAt),
        ]
    }
}
