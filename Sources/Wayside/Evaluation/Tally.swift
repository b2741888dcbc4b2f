import Domain

/// How well what was hidden fits what is there, counted over pictures and told apart by size.
package struct Tally: Sendable {
    /// The part of a true box that must be hidden for a hit.
    package static let hit = 0.9
    /// Where size bins begin, pixels: a face's height, a plate's width.
    package static func bins(_ subject: Redaction.Subject) -> [Double] {
        subject == .face ? [0, 12, 16, 20, 24, 32, 48, 64, 96] : [0, 24, 32, 40, 48, 56, 64, 96, 140]
    }

    /// Of one bin.
    package struct Count: Hashable, Sendable {
        /// True boxes, and how many of them were hit.
        package var things = 0
        package var hits = 0
        /// Redactions on something true, and on nothing.
        package var right = 0
        package var wrong = 0

        package var recall: Double? { things == 0 ? nil : Double(hits) / Double(things) }
        package var precision: Double? { right + wrong == 0 ? nil : Double(right) / Double(right + wrong) }

        static func + (first: Count, second: Count) -> Count {
            Count(
                things: first.things + second.things, hits: first.hits + second.hits,
                right: first.right + second.right, wrong: first.wrong + second.wrong)
        }
    }

    package private(set) var pictures = 0
    /// Pictures in which nothing is to be found, and the wrong redactions in those.
    package private(set) var emptyPictures = 0
    package private(set) var wrongInEmpty = 0
    private var counts: [Redaction.Subject: [Count]] = [:]

    package init() {
        for subject in [Redaction.Subject.face, .plate] {
            counts[subject] = Self.bins(subject).map { _ in Count() }
        }
    }

    /// Counts one picture. A redaction is right when its middle lies in a true box of any kind, or when it hides a true box;
    /// one whose larger part lies in a crowd counts neither way.
    package mutating func add(_ boxes: [TrueBox], redactions: [Redaction]) {
        pictures += 1
        let hidden = redactions.map(Self.area)
        let things = boxes.filter { !$0.isCrowd }, crowds = boxes.filter(\.isCrowd).map(\.area)
        for thing in things {
            let isHit = thing.area.share(coveredBy: hidden) >= Self.hit
            change(thing.subject, size: thing.size) { count in
                count.things += 1
                count.hits += isHit ? 1 : 0
            }
        }
        var wrong = 0
        for (redaction, area) in zip(redactions, hidden) {
            let isRight = things.contains {
                $0.area.holdsMiddle(of: area) || $0.area.share(coveredBy: [area]) >= Self.hit
            }
            guard isRight || area.share(coveredBy: crowds) <= 0.5 else { continue }
            wrong += isRight ? 0 : 1
            change(redaction.subject, size: Self.size(of: redaction)) { count in
                count.right += isRight ? 1 : 0
                count.wrong += isRight ? 0 : 1
            }
        }
        guard boxes.isEmpty else { return }
        emptyPictures += 1
        wrongInEmpty += wrong
    }

    /// One for each bin, smallest first.
    package func counts(of subject: Redaction.Subject) -> [Count] { counts[subject] ?? [] }

    /// Of all bins from a size on.
    package func total(of subject: Redaction.Subject, from size: Double = 0) -> Count {
        zip(Self.bins(subject), counts(of: subject)).filter { $0.0 >= size }.map(\.1).reduce(Count(), +)
    }

    /// Wrong redactions of any kind, in all pictures.
    package var wrong: Int { counts.values.joined().reduce(0) { $0 + $1.wrong } }

    private mutating func change(_ subject: Redaction.Subject, size: Double, _ change: (inout Count) -> Void) {
        guard let bin = Self.bins(subject).lastIndex(where: { $0 <= size }), counts[subject] != nil else { return }
        change(&counts[subject, default: []][bin])
    }

    private static func area(_ redaction: Redaction) -> Area {
        Area(
            x: Double(redaction.x), y: Double(redaction.y), width: Double(redaction.width),
            height: Double(redaction.height))
    }

    /// Without its margins, as far as the usual ones are in it.
    private static func size(of redaction: Redaction) -> Double {
        let length = Double(redaction.subject == .face ? redaction.height : redaction.width)
        return length / (1 + 2 * DetectionTuning.usual(redaction.subject).margin)
    }
}
