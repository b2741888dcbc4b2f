/// `yolov8`: one column a candidate: middle, size (pixels of the input), how sure of each class.
enum YOLOColumns {
    static func expectation(_ shapes: [[Int]], classes: Int) -> String? {
        guard let shape = shapes.first, shape.count == 3, shape[0] == 1, shape[1] == 4 + classes else {
            return "1×\(4 + classes)×n"
        }
        return nil
    }

    static func boxes(_ output: NetworkOutput, classes: Int, least: Double) -> [ModelBox] {
        let count = output.dimensions[2], values = output.values
        return (0..<classes).flatMap { index in
            (0..<count).compactMap { column -> ModelBox? in
                let score = Double(values[(4 + index) * count + column])
                guard score >= least else { return nil }
                return ModelBox(
                    classIndex: index, middle: (Double(values[column]), Double(values[count + column])),
                    width: Double(values[2 * count + column]), height: Double(values[3 * count + column]),
                    score: score)
            }
        }
    }
}
