import Domain
import Foundation

/// How far a batch is.
package struct UploadSetStatus: Hashable, Sendable {
    /// A sequence that came out of it.
    package struct Part: Hashable, Sendable {
        package let sequence: PictureSequence
        package let prepared: Int
        package let preparing: Int
        package let broken: Int
        package let notProcessed: Int
        package let capturedFrom: Date?
        package let capturedTo: Date?
        package let box: BoundingBox?

        package init(
            sequence: PictureSequence, prepared: Int, preparing: Int, broken: Int, notProcessed: Int,
            capturedFrom: Date?, capturedTo: Date?, box: BoundingBox?
        ) {
            self.sequence = sequence
            self.prepared = prepared
            self.preparing = preparing
            self.broken = broken
            self.notProcessed = notProcessed
            self.capturedFrom = capturedFrom
            self.capturedTo = capturedTo
            self.box = box
        }
    }

    package let prepared: Int
    package let preparing: Int
    package let broken: Int
    package let rejected: Int
    /// Waiting for their tags to be read.
    package let notProcessed: Int
    package let parts: [Part]
    /// Waiting to be told where or when they were taken; not among `notProcessed`.
    package var held = 0
    package var semantics: [SemanticTag] = []

    package init(prepared: Int, preparing: Int, broken: Int, rejected: Int, notProcessed: Int, parts: [Part]) {
        self.prepared = prepared
        self.preparing = preparing
        self.broken = broken
        self.rejected = rejected
        self.notProcessed = notProcessed
        self.parts = parts
    }

    /// Nothing more will happen by itself.
    package var isSettled: Bool { preparing == 0 && notProcessed == 0 }
}
