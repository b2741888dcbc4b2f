import Foundation

/// `retinaface`: for each cell of three grids two square boxes, moved and resized by a list of four numbers, and a list
/// of two scores, background first. One class.
enum PriorBoxes {
    private static let grids: [(stride: Int, sides: [Double])] = [(8, [16, 32]), (16, [64, 128]), (32, [256, 512])]
    /// How the numbers were scaled in training.
    private static let middleScale = 0.1
    private static let sizeScale = 0.2

    static func expectation(_ shapes: [[Int]], classes: Int, size: PixelSize) -> String? {
        let count = priors(size).count
        guard classes == 1, let places = places(shapes), shapes[places.boxes][1] == count,
            shapes[places.scores][1] == count
        else { return "1×\(count)×4 and 1×\(count)×2 (one class)" }
        return nil
    }

    private static func places(_ shapes: [[Int]]) -> (boxes: Int, scores: Int)? {
        guard let boxes = shapes.firstIndex(where: { $0.count == 3 && $0[0] == 1 && $0[2] == 4 }),
            let scores = shapes.firstIndex(where: { $0.count == 3 && $0[0] == 1 && $0[2] == 2 })
        else { return nil }
        return (boxes, scores)
    }

    /// A square box to begin with, pixels of the input.
    private struct Prior {
        let x: Double
        let y: Double
        let side: Double
    }

    private static func priors(_ size: PixelSize) -> [Prior] {
        var priors: [Prior] = []
        for grid in grids {
            let step = Double(grid.stride)
            let columns = (size.width + grid.stride - 1) / grid.stride
            let rows = (size.height + grid.stride - 1) / grid.stride
            for cell in 0..<(columns * rows) {
                let x = (Double(cell % columns) + 0.5) * step, y = (Double(cell / columns) + 0.5) * step
                for side in grid.sides { priors.append(Prior(x: x, y: y, side: side)) }
            }
        }
        return priors
    }

    static func boxes(_ outputs: [NetworkOutput], size: PixelSize, least: Double) -> [ModelBox] {
        guard let places = places(outputs.map(\.dimensions)) else { return [] }
        let numbers = outputs[places.boxes].values, scores = outputs[places.scores].values
        return priors(size).enumerated().compactMap { index, prior in
            let score = Double(scores[index * 2 + 1])
            guard score >= least else { return nil }
            let x = prior.x + middleScale * Double(numbers[index * 4]) * prior.side
            let y = prior.y + middleScale * Double(numbers[index * 4 + 1]) * prior.side
            let width = prior.side * exp(sizeScale * Double(numbers[index * 4 + 2]))
            let height = prior.side * exp(sizeScale * Double(numbers[index * 4 + 3]))
            return ModelBox(classIndex: 0, middle: (x, y), width: width, height: height, score: score)
        }
    }
}
