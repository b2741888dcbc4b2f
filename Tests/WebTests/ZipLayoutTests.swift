import Foundation
import Testing
import Web

/// What is too large for a test's memory: only the bytes around the files are made.
@Suite("ZIP64")
struct ZipLayoutTests {
    private func ending(_ layout: consuming ZipLayout) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await layout.end { bytes += $0 }
        return bytes
    }

    private func number(_ bytes: [UInt8], at offset: Int, count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test("a small archive has no ZIP64 records")
    func small() async throws {
        var layout = ZipLayout()
        let header = layout.add("a.jpg", size: 3, sum: 7, modified: Date(timeIntervalSince1970: 0))
        #expect(header.count == 30 + 5)
        let ending = try await ending(layout)
        #expect(ending.count == 46 + 5 + 22)
        #expect(number(ending, at: ending.count - 12, count: 2) == 1)
        #expect(number(ending, at: ending.count - 6, count: 4) == 38)
    }

    @Test("more than 65,535 files, and files beyond 4 GiB, are counted and found in 64 bits")
    func large() async throws {
        var layout = ZipLayout()
        let step: Int64 = 1 << 17
        for index in 0..<70_000 { _ = layout.add("\(100_000 + index)", size: step, sum: 0, modified: .now) }
        let ending = try await ending(layout)
        let record = ending.count - 22 - 20 - 56
        #expect(number(ending, at: record, count: 4) == 0x0606_4B50)
        #expect(number(ending, at: record + 24, count: 8) == 70_000)
        #expect(number(ending, at: record + 48, count: 8) == UInt64(70_000 * (Int(step) + 36)))
        #expect(number(ending, at: ending.count - 12, count: 2) == 0xFFFF)
        // The last file: its place is in its extra field, the last eight bytes before the records.
        #expect(number(ending, at: record - 8, count: 8) == UInt64(69_999 * (Int(step) + 36)))
    }

    @Test("a file beyond 4 GiB has its size in 64 bits, before it and in the directory")
    func largeFile() async throws {
        var layout = ZipLayout()
        let size: Int64 = 5 << 30
        let header = layout.add("a", size: size, sum: 0, modified: .now)
        #expect(number(header, at: 18, count: 4) == 0xFFFF_FFFF)
        #expect(number(header, at: header.count - 8, count: 8) == UInt64(size))
        let ending = try await ending(layout)
        #expect(number(ending, at: 20, count: 4) == 0xFFFF_FFFF)
    }
}
