import CFreeType
import Domain
import Foundation

/// The font of legends. Its bytes are read before the walls go up.
package final class LegendFont {
    private let font: OpaquePointer
    private let memory: UnsafeMutablePointer<UInt8>

    /// `nil` when the bytes are no font.
    package init?(_ data: Data) {
        // Kept where they are for as long as the font is open.
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, data.count))
        data.copyBytes(to: memory, count: data.count)
        guard let font = ws_font_open(memory, data.count) else {
            memory.deallocate()
            return nil
        }
        self.font = font
        self.memory = memory
    }

    deinit {
        ws_font_close(font)
        memory.deallocate()
    }

    struct Extent {
        var width: Int32 = 0
        var above: Int32 = 0
        var below: Int32 = 0
    }

    func extent(of text: [UInt32], size: Int) throws -> Extent {
        var extent = Extent()
        guard
            ws_font_measure(font, text, text.count, Int32(size), &extent.width, &extent.above, &extent.below) != 0
        else { throw Self.failure }
        return extent
    }

    /// How much of each pixel a line covers.
    func draw(_ text: [UInt32], size: Int, x: Int, baseline: Int, into mask: inout [UInt8], _ area: PixelSize) throws {
        guard
            ws_font_draw(
                font, text, text.count, Int32(size), Int32(x), Int32(baseline), &mask, Int32(area.width),
                Int32(area.height), area.width) != 0
        else { throw Self.failure }
    }

    private static let failure = Failure(.internalError, "The legend could not be drawn.")
}
