import Foundation

/// `yolox`: rows as `yolov5`'s, for each cell of three grids: the middle from the cell's corner and the logarithm of
/// the size, both in cells.
enum YOLOGrid {
    private static let strides = [8, 16, 32]

    static func expectation(_ shapes: [[Int]], classes: Int, size: PixelSize) -> String? {
        let count = cells(size)
        guard let shape = shapes.first, shape == [1, count, 5 + classes] else { return "1×\(count)×\(5 + classes)" }
        return nil
    }

    private static func cells(_ size: PixelSize) -> Int {
        strides.reduce(0) { $0 + size.width / $1 * (size.height / $1) }
    }

    static func boxes(_ output: NetworkOutput, classes: Int, size: PixelSize, least: Double) -> [ModelBox] {
        let width = 5 + classes
        var boxes: [ModelBox] = [], first = 0
        for stride in strides {
            let columns = size.width / stride, rows = size.height / stride
            for cell in 0..<(columns * rows) {
                let at = (first + cell) * width, sure = Double(output.values[at + 4])
                guard sure >= least else { continue }
                for index in 0..<classes {
                    let score = sure * Double(output.values[at + 5 + index])
                    guard score >= least else { continue }
                    let step = Double(stride), values = output.values
                    let x = (Double(values[at]) + Double(cell % columns)) * step
                    let y = (Double(values[at + 1]) + Double(cell / columns)) * step
                    let across = exp(Double(values[at + 2])) * step, down = exp(Double(values[at + 3])) * step
                    let box = ModelBox(
                        classIndex: index, middle: (x, y), width: across, height: down, score: score)
                    if let box { boxes.append(box) }
                }
            }
            first += columns * rows
        }
        return boxes
    }
}
