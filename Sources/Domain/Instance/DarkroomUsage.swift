/// What darkroom children have taken for what they have done.
package struct DarkroomUsage: Hashable, Sendable {
    /// Processor time, seconds: of children that answered, their start included. What a child took for a request in whose
    /// midst it was lost is not known.
    package var seconds: Double
    /// Pictures that were made: decoded, redacted and written.
    package var made: Int

    package init(seconds: Double = 0, made: Int = 0) {
        self.seconds = seconds
        self.made = made
    }
}
