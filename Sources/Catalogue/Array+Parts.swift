extension Array {
    /// The elements in runs of at most `size`, since a statement takes only so many values.
    func parts(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
