import COpenCV
import DarkroomProtocol
import Domain
import Foundation

/// Draws legend and logo on pictures that are upright.
struct Draughtsman {
    let font: LegendFont?
    let logo: Logo?
    let drawings: Drawings

    /// Reads the logo's file. Throws where it is none.
    init(_ drawings: Drawings, font: LegendFont?) throws {
        self.drawings = drawings
        self.font = font
        logo = try drawings.logo.map { try Logo(png: SourceFile.read(URL(filePath: $0.path))) }
    }

    /// Of the picture's shorter side: the letters' height, and the distance from the edges.
    private static let letters = 0.03
    private static let distance = 0.02
    /// Smaller letters cannot be read; larger ones are not needed.
    private static let sizes = 10...200
    /// How much of the picture shows through behind the letters, of 255.
    private static let shade: UInt8 = 150

    /// Draws what is for a file of this kind; the areas that are others now.
    func draw(on picture: borrowing PlanarPicture, as file: ProcessedFile) throws -> [PixelRectangle] {
        let wanted = drawings.on(file)
        var areas: [PixelRectangle] = []
        if let line = wanted.line, let area = try draw(line, on: picture) { areas.append(area) }
        if let place = wanted.logo?.place, let logo {
            let taken = wanted.line?.corner == place.corner ? areas.first : nil
            areas.append(try draw(logo, at: place, beside: taken, on: picture))
        }
        if !areas.isEmpty { picture.extendEdges() }
        return areas
    }

    private func draw(_ line: Drawings.Line, on picture: borrowing PlanarPicture) throws -> PixelRectangle? {
        guard let font else {
            throw Failure(.unavailable, "The font for legends is missing: install fonts-dejavu-core.")
        }
        let text = line.text.unicodeScalars.map(\.value)
        guard !text.isEmpty else { return nil }
        let short = Double(min(picture.size.width, picture.size.height)), edge = max(2, Int(short * Self.distance))
        var size = min(max(Int(short * Self.letters), Self.sizes.lowerBound), Self.sizes.upperBound)
        var extent = try font.extent(of: text, size: size)
        let room = picture.size.width - 2 * edge
        // A long line has smaller letters; what does not fit then is cut off.
        if Int(extent.width) + size > room {
            size = max(6, size * room / (Int(extent.width) + size))
            extent = try font.extent(of: text, size: size)
        }
        let pad = size / 2
        let box = PixelSize(
            width: min(Int(extent.width) + 2 * pad, picture.size.width),
            height: min(Int(extent.above + extent.below) + pad, picture.size.height))
        var mask = [UInt8](repeating: 0, count: box.area)
        try font.draw(text, size: size, x: pad, baseline: pad / 2 + Int(extent.above), into: &mask, box)
        // White letters on a shade, as one layer: how bright, and how much of it there is.
        var layer = [UInt8](repeating: 0, count: box.area * 4)
        for index in mask.indices {
            let letter = Int(mask[index]), opacity = Int(Self.shade) + (255 - Int(Self.shade)) * letter / 255
            let level = UInt8(255 * letter / max(1, opacity) > 255 ? 255 : 255 * letter / max(1, opacity))
            for channel in 0..<3 { layer[index * 4 + channel] = level }
            layer[index * 4 + 3] = UInt8(opacity)
        }
        let area = Self.place(box, in: picture.size, at: line.corner, edge: edge)
        try Self.blend(layer, box, onto: picture, at: area)
        return area
    }

    private func draw(
        _ logo: Logo, at place: LogoPlace, beside taken: PixelRectangle?, on picture: borrowing PlanarPicture
    ) throws -> PixelRectangle {
        let size = picture.size, edge = max(2, Int(Double(min(size.width, size.height)) * Self.distance))
        var width = max(2, Int((Double(size.width) * place.width).rounded()))
        var height = max(2, width * logo.size.height / logo.size.width)
        let room = max(2, size.height / 2)
        if height > room {
            width = max(2, width * room / height)
            height = room
        }
        let box = PixelSize(width: min(width, size.width), height: height)
        var area = Self.place(box, in: size, at: place.corner, edge: edge)
        if let taken {
            area.y = place.corner.isBottom ? taken.y - edge / 2 - box.height : taken.bottom + edge / 2
            area.y = min(max(0, area.y), size.height - box.height)
        }
        try Self.blend(try logo.scaled(to: box), box, onto: picture, at: area)
        return area
    }

    private static func place(_ box: PixelSize, in size: PixelSize, at corner: Corner, edge: Int) -> PixelRectangle {
        let x = corner.isRight ? size.width - box.width - edge : edge
        let y = corner.isBottom ? size.height - box.height - edge : edge
        // On whole chroma samples.
        return PixelRectangle(
            x: min(max(0, x), size.width - box.width) & ~1, y: min(max(0, y), size.height - box.height) & ~1,
            width: box.width, height: box.height)
    }

    private static func blend(
        _ layer: [UInt8], _ box: PixelSize, onto picture: borrowing PlanarPicture, at area: PixelRectangle
    ) throws {
        var layer = layer
        let isDone = layer.withUnsafeMutableBufferPointer { samples in
            var over = ws_pixels(
                samples: samples.baseAddress, width: Int32(box.width), height: Int32(box.height), channels: 4,
                stride: box.width * 4)
            var planes = (0..<3).map { picture.samples($0, of: area) }
            return ws_cv_blend(&over, &planes) != 0
        }
        guard isDone else { throw Failure(.internalError, "Legend or logo could not be drawn.") }
    }
}
