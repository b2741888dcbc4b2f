/// What became of many pictures that somebody wanted to change at once.
package struct BulkOutcome: Hashable, Sendable {
    /// Why a picture stays as it is.
    package enum Reason: String, Sendable, CaseIterable {
        /// There is none, or one may not see it.
        case notFound = "not_found"
        /// One may look at it, but not change it.
        case forbidden
        /// It waits, is being prepared, or is broken.
        case notPrepared = "not_prepared"
        /// Nothing is known of its direction that could be turned.
        case noHeading = "no_heading"
        /// It is in no sequence yet.
        case noSequence = "no_sequence"
        /// It belongs to the camera label already.
        case sameLabel = "same_label"
        /// The same bytes are in the camera label already.
        case duplicate
        /// Its original is stored in a way that the other camera label does not allow.
        case originals
        /// A report about its sequence waits.
        case reported
        /// A 360° picture has no side to turn it on.
        case panorama
        /// A text or logo is drawn on it, and its original is not here any more.
        case drawn
        /// Only what is broken can be tried again, while its file is here.
        case notBroken = "not_broken"
    }

    package struct Unchanged: Hashable, Sendable {
        package let picture: PictureID
        package let reason: Reason

        package init(_ picture: PictureID, _ reason: Reason) {
            self.picture = picture
            self.reason = reason
        }
    }

    package private(set) var changed: [PictureID] = []
    package private(set) var unchanged: [Unchanged] = []
    /// Sequences that were made for what has moved.
    package private(set) var sequences: [SequenceID] = []
    /// Receipts for what was deleted.
    package private(set) var receipts: [ErasureID] = []

    /// What was deleted and can be taken back for a while.
    package private(set) var removals: [RemovalID] = []

    package init() {}

    package mutating func change(_ picture: PictureID) { changed.append(picture) }

    package mutating func keep(_ picture: PictureID, _ reason: Reason) {
        unchanged.append(Unchanged(picture, reason))
    }

    package mutating func make(_ sequence: SequenceID) { sequences.append(sequence) }

    package mutating func note(_ receipt: ErasureID) { receipts.append(receipt) }

    package mutating func note(_ deletion: Deletion) {
        if let removal = deletion.removal, !removals.contains(removal) { removals.append(removal) }
        if let receipt = deletion.receipt { receipts.append(receipt) }
    }

    package mutating func add(_ other: BulkOutcome) {
        changed += other.changed
        unchanged += other.unchanged
        sequences += other.sequences
        receipts += other.receipts
        removals += other.removals.filter { !removals.contains($0) }
    }

    /// How many pictures stay as they are for each reason, the most frequent first.
    package var reasons: [(reason: Reason, count: Int)] {
        Dictionary(grouping: unchanged, by: \.reason).map { ($0.key, $0.value.count) }
            .sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
    }
}
