/// `ssd`: a list of boxes (left, top, right, bottom as parts of the input's size) and one of scores, background first.
enum CornerBoxes {
    static func expectation(_ shapes: [[Int]], classes: Int) -> String? {
        guard let (boxes, scores) = places(shapes, classes: classes), shapes[boxes][1] == shapes[scores][1] else {
            return "1×n×4 and 1×n×\(classes + 1)"
        }
        return nil
    }

    /// Which output is which. Where both are four wide, the scores come first, as exporters write them.
    private static func places(_ shapes: [[Int]], classes: Int) -> (boxes: Int, scores: Int)? {
        func isList(_ shape: [Int], of width: Int) -> Bool { shape.count == 3 && shape[0] == 1 && shape[2] == width }
        guard let boxes = shapes.lastIndex(where: { isList($0, of: 4) }),
            let scores = shapes.indices.first(where: { $0 != boxes && isList(shapes[$0], of: classes + 1) })
        else { return nil }
        return (boxes, scores)
    }

    static func boxes(_ outputs: [NetworkOutput], classes: Int, size: PixelSize, least: Double) -> [ModelBox] {
        guard let places = places(outputs.map(\.dimensions), classes: classes) else { return [] }
        let corners = outputs[places.boxes].values, scores = outputs[places.scores].values
        let (width, height) = (Double(size.width), Double(size.height))
        return (0..<outputs[places.boxes].dimensions[1]).flatMap { row in
            (0..<classes).compactMap { index -> ModelBox? in
                let score = Double(scores[row * (classes + 1) + 1 + index])
                guard score >= least else { return nil }
                let left = Double(corners[row * 4]) * width, top = Double(corners[row * 4 + 1]) * height
                let right = Double(corners[row * 4 + 2]) * width, bottom = Double(corners[row * 4 + 3]) * height
                return ModelBox(
                    classIndex: index, middle: ((left + right) / 2, (top + bottom) / 2), width: right - left,
                    height: bottom - top, score: score)
            }
        }
    }
}
