import Glibc

extension OpenFile {
    /// Whether the kernel has all those bytes in memory, so that nobody who sends them waits for the disk (mincore(2)).
    package func isInMemory(_ range: Range<Int64>) -> Bool {
        guard !range.isEmpty, range.upperBound <= size else { return false }
        let page = Int64(sysconf(Int32(_SC_PAGESIZE)))
        let start = range.lowerBound / page * page
        let length = Int(range.upperBound - start)
        guard let memory = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, off_t(start)), memory != MAP_FAILED
        else { return false }
        defer { munmap(memory, length) }
        var pages = [UInt8](repeating: 0, count: (length + Int(page) - 1) / Int(page))
        return mincore(memory, length, &pages) == 0 && pages.allSatisfy { $0 & 1 == 1 }
    }
}
