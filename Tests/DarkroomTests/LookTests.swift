import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Looking at a picture without treating it")
struct LookTests {
    private func look(_ file: Data, _ preset: RedactionPreset = .default) throws -> TreatmentReply.Outcome {
        let folder = try TemporaryFolder()
        let source = folder.file("source")
        try file.write(to: URL(filePath: source))
        return try Scenery.treatment().outcome(
            of: TreatmentRequest(
                id: 1, work: .look, source: source, outputFolder: nil, policy: RedactionPolicy(preset: preset),
                maximumPixels: 150_000_000))
    }

    private func looked(_ file: Data, _ preset: RedactionPreset = .default) throws -> TreatmentReply.Look {
        guard case .looked(let look) = try look(file, preset) else {
            throw Failure(.internalError, "not looked at")
        }
        return look
    }

    /// The portrait, a sixth of its size, with its face's middle `at` pixels from the left; it goes on at the left edge
    /// where it meets the right one.
    private func panorama(faceAt middle: Int) throws -> (file: Data, face: ClosedRange<Int>) {
        let portrait = try Scenery.Portrait(), size = PixelSize(width: 2048, height: 1024), shrunk = 3
        let left = middle - 222 / shrunk, top = 480
        let buffer = try PixelBuffer(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let column = (x - left + 2 * size.width) % size.width, row = y - top
                let isPortrait = column < 512 / shrunk && (0..<512 / shrunk).contains(row)
                let colour =
                    isPortrait
                    ? portrait.colour(column * shrunk, row * shrunk) : Scenery.street(x, y, height: size.height)
                let at = y * buffer.stride + x * 3
                (buffer.samples[at], buffer.samples[at + 1], buffer.samples[at + 2]) = (colour.2, colour.1, colour.0)
            }
        }
        return (try buffer.encoded(quality: 92), (top + 80 / shrunk)...(top + 175 / shrunk))
    }

    @Test("a picture without position and time is searched, and the cost is said")
    func untagged() throws {
        let (file, face) = try panorama(faceAt: 1000)
        let look = try looked(file)
        #expect(look.width == 2048 && look.height == 1024)
        #expect(look.processorSeconds > 0 && look.processorSeconds < 600)
        #expect(["bf16", "f32"].contains(look.precision))
        #expect(look.redactions.contains { $0.subject == .face && $0.y <= face.lowerBound && $0.x < 1000 })
        #expect(try looked(file, .none).redactions.isEmpty)
    }

    @Test("a face that a panorama's edge cuts in two is hidden on both sides", arguments: [2044, 2047, 4])
    func seam(_ middle: Int) throws {
        let (file, face) = try panorama(faceAt: middle)
        let faces = try looked(file).redactions.filter { $0.subject == .face }
        let covering = faces.filter { $0.y <= face.lowerBound && $0.y + $0.height >= face.upperBound }
        #expect(covering.contains { $0.x == 0 && $0.width >= 8 })
        #expect(covering.contains { $0.x + $0.width == 2048 && $0.width >= 8 })
    }

    @Test("a text file is refused, not searched")
    func text() throws {
        guard case .rejected(let rejection) = try look(Data("no picture".utf8)) else {
            Issue.record("not rejected")
            return
        }
        #expect(!rejection.message.isEmpty)
    }
}
