/// Numbers that came out of a network, row-major.
package struct NetworkOutput {
    package let values: UnsafeBufferPointer<Float>
    package let dimensions: [Int]

    package init(values: UnsafeBufferPointer<Float>, dimensions: [Int]) {
        self.values = values
        self.dimensions = dimensions
    }
}
