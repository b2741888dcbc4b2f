import Darkroom
import Domain
import Foundation
import Testing

@Suite("What networks say, as boxes")
struct NetworkOutputTests {
    @Test("CenterFace's maps become boxes: logarithmic height first, offset down first, four pixels a cell")
    func centerFace() throws {
        var heat = [Float](repeating: 0, count: 16), size = [Float](repeating: 0, count: 32)
        var offset = [Float](repeating: 0, count: 32)
        let cell = 2 * 4 + 1
        heat[cell] = 0.8
        size[cell] = log(5)
        size[16 + cell] = log(4)
        offset[cell] = 0.25
        offset[16 + cell] = 0.5
        // Below the threshold.
        heat[3] = 0.29
        let boxes = heat.withUnsafeBufferPointer { heat in
            size.withUnsafeBufferPointer { size in
                offset.withUnsafeBufferPointer { offset in
                    CenterFaceDecoder().boxes(
                        heat: NetworkOutput(values: heat, dimensions: [1, 1, 4, 4]),
                        size: NetworkOutput(values: size, dimensions: [1, 2, 4, 4]),
                        offset: NetworkOutput(values: offset, dimensions: [1, 2, 4, 4]), threshold: 0.3)
                }
            }
        }
        let box = try #require(boxes.first)
        #expect(boxes.count == 1)
        #expect(abs(box.middle.x - (1 + 0.5 + 0.5) * 4) < 1e-4)
        #expect(abs(box.middle.y - (2 + 0.25 + 0.5) * 4) < 1e-4)
        #expect(abs(box.height - 20) < 1e-3)
        #expect(abs(box.width - 16) < 1e-3)
    }

    @Test("the plate net's lists become boxes: three grids, two anchors a cell")
    func plates() throws {
        let tile = PixelSize(width: 64, height: 32)
        // 8 × 4 cells of 8 pixels, 4 × 2 of 16, 2 × 1 of 32; two anchors each.
        let count = (32 + 8 + 2) * 2
        #expect(PlateDecoder.anchorCount(of: tile) == count)
        var boxes = [Float](repeating: 0, count: count * 4), probabilities = [Float](repeating: 0, count: count * 2)
        // Second grid, row 1, column 2, second anchor (192 pixels).
        let index = 64 + (1 * 4 + 2) * 2 + 1
        probabilities[index * 2 + 1] = 0.7
        boxes[index * 4] = 0.5
        boxes[index * 4 + 1] = -0.25
        boxes[index * 4 + 2] = log(0.5) / 0.2
        boxes[index * 4 + 3] = log(0.25) / 0.2
        let found = boxes.withUnsafeBufferPointer { boxes in
            probabilities.withUnsafeBufferPointer { probabilities in
                PlateDecoder().boxes(
                    tile: tile, boxes: NetworkOutput(values: boxes, dimensions: [1, count, 4]),
                    probabilities: NetworkOutput(values: probabilities, dimensions: [1, count, 2]), threshold: 0.2)
            }
        }
        let box = try #require(found.first)
        #expect(found.count == 1)
        #expect(abs(box.middle.x - (2.5 * 16 + 0.1 * 0.5 * 192)) < 1e-3)
        #expect(abs(box.middle.y - (1.5 * 16 - 0.1 * 0.25 * 192)) < 1e-3)
        #expect(abs(box.width - 96) < 0.01)
        #expect(abs(box.height - 48) < 0.01)
    }
}
