import Subprocess

/// Lines of a child's output. A child that writes without end is not believed.
struct LineReader {
    /// Bytes.
    static let longestLine = 8 << 20

    private var buffers: SubprocessOutputSequence.Iterator
    private var pending: [UInt8] = []

    init(_ output: SubprocessOutputSequence) {
        buffers = output.makeAsyncIterator()
    }

    /// The next line without its end; nil at the end of the output, or when a line is longer than `longestLine`.
    mutating func next() async throws -> [UInt8]? {
        var searched = 0
        while true {
            if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<end])
                pending.removeSubrange(...end)
                return line
            }
            searched = pending.count
            guard searched <= Self.longestLine, let buffer = try await buffers.next() else { return nil }
            buffer.withUnsafeBytes { pending.append(contentsOf: $0) }
        }
    }
}
