/// What an alert is about: a kind of trouble, and whose.
package struct AlertTopic: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// A camera label from which nothing comes for longer than its rhythm.
        case labelSilent = "label-silent"
        /// Too many of a label's files have no position.
        case positionsMissing = "positions-missing"
        /// The disk with the data folder is nearly full.
        case diskFull = "disk-full"
        /// The storage of pictures does not answer.
        case storageUnreachable = "storage-unreachable"
        /// What is in the bucket can be got at without a key, or stays when it is deleted.
        case storageExposed = "storage-exposed"
        /// Copies wait for longer than they should.
        case deliveryBehind = "delivery-behind"
        /// A destination takes nothing.
        case destinationDown = "destination-down"
    }

    package let kind: Kind
    /// An identifier that tells topics of a kind apart; empty where there is one only.
    package let subject: String

    package init(_ kind: Kind, _ subject: String = "") {
        self.kind = kind
        self.subject = subject
    }
}
