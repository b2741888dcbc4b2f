import Foundation

/// A real network of a few numbers that finds red and blue squares: it averages the colour of each cell, weighs red
/// against the rest and blue against the rest, and gives that out in the form of a known kind of detector.
package struct TinyModel {
    package static let classes = ["red", "blue"]

    package let decoder: String
    /// Pixels of the square input, a multiple of 32.
    package var side = 320
    /// One class only: red.
    package var isRedOnly = false

    package init(_ decoder: String) {
        self.decoder = decoder
        isRedOnly = decoder == "retinaface"
    }

    package var classNames: [String] { isRedOnly ? ["red"] : Self.classes }
    private var count: Int { classNames.count }

    /// The ONNX file. The input is RGB, 0–1, planes.
    package func bytes() -> Data {
        var net = TestONNX()
        let outputs: [(String, [Int])] =
            switch decoder {
            case "yolov5": rows(&net, strides: [32], boxes: middles)
            case "yolov8": columns(&net)
            case "yolox": rows(&net, strides: [8, 16, 32]) { _ in [0.5, 0.5, 0, 0] }
            case "ssd": corners(&net)
            case "centernet": maps(&net)
            default: priors(&net)
            }
        return net.file(input: ("picture", [1, 3, side, side]), outputs: outputs)
    }

    /// How sure of each class in each cell, [1, classes, rows, columns].
    private func heat(_ net: inout TestONNX, stride: Int, copies: Int = 1) -> String {
        let weights: [[Float]] = [[20, -20, -20], [-20, -20, 20]]
        let used = Array(weights.prefix(count)).flatMap { Array(repeating: $0, count: copies) }
        let pool = net.node(
            "AveragePool", ["picture"], lists: ["kernel_shape": [stride, stride], "strides": [stride, stride]])
        let weight = net.constant(used.flatMap { $0 }, [used.count, 3, 1, 1])
        let bias = net.constant(Array(repeating: -10, count: used.count), [used.count])
        return net.node("Sigmoid", [net.node("Conv", [pool, weight, bias], lists: ["kernel_shape": [1, 1]])])
    }

    private func cells(_ stride: Int) -> [(x: Int, y: Int)] {
        let length = side / stride
        return (0..<(length * length)).map { ($0 % length, $0 / length) }
    }

    /// Middle and size of each 32-pixel cell in pixels.
    private func middles(_ cell: (x: Int, y: Int)) -> [Float] {
        [Float(cell.x * 32 + 16), Float(cell.y * 32 + 16), 32, 32]
    }

    /// [1, width, n] from what each cell says, cell by cell.
    private func table(_ net: inout TestONNX, _ rows: [[Float]]) -> String {
        let width = rows.first?.count ?? 0
        return net.constant((0..<width).flatMap { column in rows.map { $0[column] } }, [1, width, rows.count])
    }

    private func list(_ net: inout TestONNX, stride: Int) -> String {
        let shape = net.shape([1, count, cells(stride).count])
        return net.node("Reshape", [heat(&net, stride: stride), shape])
    }

    private func columns(_ net: inout TestONNX) -> [(String, [Int])] {
        let boxes = table(&net, cells(32).map(middles)), scores = list(&net, stride: 32)
        let all = net.node("Concat", [boxes, scores], numbers: ["axis": 1])
        return [(all, [1, 4 + count, cells(32).count])]
    }

    /// One row a cell: box, certainty of being anything, classes.
    private func rows(
        _ net: inout TestONNX, strides: [Int], boxes: ((x: Int, y: Int)) -> [Float]
    ) -> [(String, [Int])] {
        let cells = strides.flatMap { self.cells($0) }
        let scores = strides.map { list(&net, stride: $0) }
        let all = scores.count == 1 ? scores[0] : net.node("Concat", scores, numbers: ["axis": 2])
        let known = table(&net, cells.map { boxes($0) + [1] })
        let both = net.node("Concat", [known, all], numbers: ["axis": 1])
        return [(net.node("Transpose", [both], lists: ["perm": [0, 2, 1]]), [1, cells.count, 5 + count])]
    }

    private func corners(_ net: inout TestONNX) -> [(String, [Int])] {
        let cells = cells(32), part = Float(32) / Float(side)
        let background = table(&net, cells.map { _ in [0] })
        let both = net.node("Concat", [background, list(&net, stride: 32)], numbers: ["axis": 1])
        let scores = net.node("Transpose", [both], lists: ["perm": [0, 2, 1]])
        let boxes = cells.flatMap { cell -> [Float] in
            let (x, y) = (Float(cell.x) * part, Float(cell.y) * part)
            return [x, y, x + part, y + part]
        }
        // A constant cannot be an output by itself.
        let moved = net.node("Add", [net.constant(boxes, [1, cells.count, 4]), net.constant([0], [1])])
        return [(scores, [1, cells.count, 1 + count]), (moved, [1, cells.count, 4])]
    }

    private func maps(_ net: inout TestONNX) -> [(String, [Int])] {
        let length = side / 4, plane = length * length
        let heat = heat(&net, stride: 4)
        let size = net.constant(Array(repeating: 8, count: 2 * plane), [1, 2, length, length])
        let offset = net.constant(Array(repeating: 0.5, count: 2 * plane), [1, 2, length, length])
        let zero = net.constant([0], [1])
        return [
            (heat, [1, count, length, length]), (net.node("Add", [size, zero]), [1, 2, length, length]),
            (net.node("Add", [offset, zero]), [1, 2, length, length]),
        ]
    }

    private func priors(_ net: inout TestONNX) -> [(String, [Int])] {
        var number = 0
        let lists = [8, 16, 32].map { stride -> String in
            number += cells(stride).count * 2
            let heat = heat(&net, stride: stride, copies: 2)
            let turned = net.node("Transpose", [heat], lists: ["perm": [0, 2, 3, 1]])
            return net.node("Reshape", [turned, net.shape([1, cells(stride).count * 2, 1])])
        }
        let scores = net.node("Concat", lists, numbers: ["axis": 1])
        let background = net.node("Sub", [net.constant([1], [1]), scores])
        let both = net.node("Concat", [background, scores], numbers: ["axis": 2])
        let boxes = net.constant(Array(repeating: 0, count: number * 4), [1, number, 4])
        let moved = net.node("Add", [boxes, net.constant([0], [1])])
        return [(moved, [1, number, 4]), (both, [1, number, 2])]
    }

    /// A manifest for it, as JSON.
    ///
    /// - Parameter change: edits the members before they are written.
    package func manifest(
        _ name: String, file: String, sha256: String, use: String = "metadata",
        change: (inout [String: Any]) -> Void = { _ in }
    ) throws -> Data {
        var members: [String: Any] = [
            "name": name, "file": file, "sha256": sha256, "licence": "CC0-1.0", "decoder": decoder,
            "classes": classNames, "score": 0.6, "nms": 0.4, "use": use,
            "input": ["width": side, "height": side, "layout": "NCHW", "colour": "RGB", "scale": 1.0 / 255],
        ]
        change(&members)
        return try JSONSerialization.data(withJSONObject: members, options: [.sortedKeys, .prettyPrinted])
    }
}
