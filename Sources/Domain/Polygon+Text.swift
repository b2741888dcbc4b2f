/// Written for commands, forms and the audit log as `x,y x,y x,y`.
extension Polygon {
    /// Reads points between spaces, the numbers of each between a comma; throws `.unprocessable`.
    package init(text: String) throws {
        let points = try text.split(whereSeparator: \.isWhitespace).map { pair in
            let numbers = pair.split(separator: ",", omittingEmptySubsequences: false)
            guard numbers.count == 2, let x = Double(numbers[0]), let y = Double(numbers[1]) else {
                throw Failure(
                    .unprocessable, "An outline is written as points between spaces, such as 0,0.8 1,0.8 1,1 0,1.",
                    details: ["reason": "masks"])
            }
            return Point(x: x, y: y)
        }
        try self.init(points)
    }

    package var text: String { points.map { "\($0.x),\($0.y)" }.joined(separator: " ") }
}
