import Domain
import Foundation
import NIOCore
import Storage

/// Reads the list of files with their hashes, line by line, with little memory.
struct ArchiveLines {
    private let file: OpenFile
    private var offset: Int64 = 0
    private var pending: [UInt8] = []
    private var start = 0
    private static let chunk = 1 << 16
    private static let longest = 1024

    init(_ file: OpenFile) { self.file = file }

    /// The next line with its end; nil after the last.
    mutating func next() throws -> String? {
        while true {
            if let end = pending[start...].firstIndex(of: 0x0A) {
                defer { start = end + 1 }
                return String(decoding: pending[start...end], as: UTF8.self)
            }
            let rest = pending.count - start
            guard rest <= Self.longest else {
                throw Failure(.unprocessable, "The archive's list of files is not one: a line of it is too long.")
            }
            let count = Int(min(Int64(Self.chunk), file.size - offset))
            guard count > 0 else {
                guard rest == 0 else { throw Failure(.unprocessable, "The archive's list of files is cut off.") }
                return nil
            }
            pending.removeFirst(start)
            start = 0
            pending += try file.read(at: offset, count: count).readableBytesView
            offset += Int64(count)
        }
    }
}
