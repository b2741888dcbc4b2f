/// `centernet`: three maps with one cell for 4 × 4 pixels: for each class how sure a middle lies there (0–1), the size
/// (across, then down, in cells), and where in the cell the middle lies (across, then down).
enum CenterMaps {
    private static let stride = 4

    static func expectation(_ shapes: [[Int]], classes: Int, size: PixelSize) -> String? {
        let (rows, columns) = (size.height / stride, size.width / stride)
        guard shapes.count >= 3, shapes[0] == [1, classes, rows, columns], shapes[1] == [1, 2, rows, columns],
            shapes[2] == [1, 2, rows, columns]
        else {
            return "1×\(classes)×\(rows)×\(columns), 1×2×\(rows)×\(columns) and 1×2×\(rows)×\(columns)"
        }
        return nil
    }

    static func boxes(_ outputs: [NetworkOutput], classes: Int, least: Double) -> [ModelBox] {
        let heat = outputs[0].values, size = outputs[1].values, offset = outputs[2].values
        let rows = outputs[0].dimensions[2], columns = outputs[0].dimensions[3], cells = rows * columns
        var boxes: [ModelBox] = []
        for index in 0..<classes {
            for cell in 0..<cells {
                let score = heat[index * cells + cell]
                guard Double(score) >= least, isPeak(heat, index * cells, cell, columns, rows) else { continue }
                let x = (Double(cell % columns) + Double(offset[cell])) * Double(stride)
                let y = (Double(cell / columns) + Double(offset[cells + cell])) * Double(stride)
                let box = ModelBox(
                    classIndex: index, middle: (x, y), width: Double(size[cell]) * Double(stride),
                    height: Double(size[cells + cell]) * Double(stride), score: Double(score))
                if let box { boxes.append(box) }
            }
        }
        return boxes
    }

    /// Whether no neighbour is surer.
    private static func isPeak(
        _ heat: UnsafeBufferPointer<Float>, _ first: Int, _ cell: Int, _ columns: Int, _ rows: Int
    ) -> Bool {
        let (x, y) = (cell % columns, cell / columns)
        for row in max(0, y - 1)...min(rows - 1, y + 1) {
            for column in max(0, x - 1)...min(columns - 1, x + 1)
            where heat[first + row * columns + column] > heat[first + cell] { return false }
        }
        return true
    }
}
