/// `yolov5`: one row a candidate: middle, size (pixels of the input), how sure it is something, how sure of each class.
enum YOLORows {
    static func expectation(_ shapes: [[Int]], classes: Int) -> String? {
        guard let shape = shapes.first, shape.count == 3, shape[0] == 1, shape[2] == 5 + classes else {
            return "1×n×\(5 + classes)"
        }
        return nil
    }

    static func boxes(_ output: NetworkOutput, classes: Int, least: Double) -> [ModelBox] {
        let width = 5 + classes
        return (0..<output.dimensions[1]).flatMap { row -> [ModelBox] in
            let values = output.values[(row * width)..<((row + 1) * width)].map(Double.init)
            guard values[4] >= least else { return [] }
            return (0..<classes).compactMap { index -> ModelBox? in
                let score = values[4] * values[5 + index]
                guard score >= least else { return nil }
                return ModelBox(
                    classIndex: index, middle: (values[0], values[1]), width: values[2], height: values[3],
                    score: score)
            }
        }
    }
}
