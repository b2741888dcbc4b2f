/// Why jobs that were tried are still in the queue.
package struct JobSetback: Hashable, Sendable {
    /// One sentence.
    package let reason: String
    /// How many jobs it keeps waiting.
    package let jobs: Int
}
