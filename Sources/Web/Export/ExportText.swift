/// A form that is written as text from beginning to end, picture after picture.
protocol ExportText {
    /// What stands before the first picture.
    mutating func begin(_ output: inout [UInt8])
    mutating func add(_ entry: ExportCursor.Entry, to output: inout [UInt8])
    /// What stands after the last.
    mutating func end(_ output: inout [UInt8])
}
