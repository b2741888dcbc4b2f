import COpenCV
import Domain
import Foundation

/// A picture as the search sees it: upright, at several sizes, endless to the right when it is a panorama.
struct Scene: ~Copyable {
    let orientation: Orientation
    let type: PictureType
    /// The picture as displayed.
    let size: PixelSize
    private let half: PlanarPicture
    private let quarter: PlanarPicture

    /// How far beyond its right edge a panorama is searched, pixels of the picture.
    private static let wrap = 256

    init(_ picture: borrowing PlanarPicture, _ orientation: Orientation, _ type: PictureType) throws {
        let half = try picture.scaled(picture.size.whole, to: Self.halved(picture.size))
        let quarter = try half.scaled(half.size.whole, to: Self.halved(half.size))
        self.half = half
        self.quarter = quarter
        self.orientation = orientation
        self.type = type
        size = orientation.turned(picture.size)
    }

    private static func halved(_ size: PixelSize) -> PixelSize {
        PixelSize(width: max(1, size.width / 2), height: max(1, size.height / 2))
    }

    var wrapsAt: Int? { type == .equirectangular ? size.width : nil }

    /// The pixels of a level that a pass covers.
    func area(of pass: SearchPass) -> PixelRectangle {
        let factor = pass.level.rawValue
        let top = Int(Double(size.height) * pass.rows.lowerBound * factor)
        let bottom = Int(Double(size.height) * pass.rows.upperBound * factor)
        let wrap = type == .equirectangular ? min(Self.wrap, size.width / 4) : 0
        return PixelRectangle(
            x: 0, y: top, width: Int(Double(size.width + wrap) * factor), height: max(1, bottom - top))
    }

    /// Fills `target` with the pixels of a level from `origin` on; what lies outside becomes black.
    func fill(
        _ target: ws_pixels, from picture: borrowing PlanarPicture, level: SearchPass.Level, origin: TilePlan.Origin
    ) throws {
        let wanted = PixelRectangle(x: origin.x, y: origin.y, width: Int(target.width), height: Int(target.height))
        switch level {
        case .double: try resample(picture, wanted, (1, of: 2), into: target)
        case .whole: try copy(picture, wanted, into: target)
        case .fourFifths: try resample(picture, wanted, (5, of: 4), into: target)
        case .threeFifths: try resample(picture, wanted, (5, of: 3), into: target)
        case .half: try copy(half, wanted, into: target)
        case .quarter: try copy(quarter, wanted, into: target)
        }
    }

    private func copy(_ source: borrowing PlanarPicture, _ wanted: PixelRectangle, into target: ws_pixels) throws {
        let limits = orientation.turned(source.size)
        let inside = wanted.clipped(to: limits)
        if inside != wanted {
            var all = target
            guard ws_cv_fill(&all, 0) != 0 else { throw Failure(.internalError, "A tile could not be cleared.") }
        }
        if !inside.isEmpty {
            let x = inside.x - wanted.x, y = inside.y - wanted.y
            try source.write(inside, orientation, into: target.part(x: x, y: y, of: inside.size))
        }
        guard type == .equirectangular, wanted.right > limits.width else { return }
        let beyond = PixelRectangle(
            x: max(0, wanted.x - limits.width), y: wanted.y,
            width: wanted.right - max(limits.width, wanted.x), height: wanted.height
        ).clipped(to: limits)
        guard !beyond.isEmpty else { return }
        let x = max(0, limits.width - wanted.x), y = beyond.y - wanted.y
        try source.write(beyond, orientation, into: target.part(x: x, y: y, of: beyond.size))
    }

    /// `scale`: how many pixels of the source there are for how many of the level. Levels between a half and the whole are
    /// made tile by tile: a very large picture's would take too much memory.
    private func resample(
        _ source: borrowing PlanarPicture, _ wanted: PixelRectangle, _ scale: (Int, of: Int), into target: ws_pixels
    ) throws {
        func scaled(_ length: Int) -> Int { length * scale.0 / scale.of }
        // On colour samples; a pixel or two do not matter to what is that small.
        let window = PixelRectangle(
            x: scaled(wanted.x) / 2 * 2, y: scaled(wanted.y) / 2 * 2, width: scaled(wanted.width),
            height: scaled(wanted.height))
        let buffer = try PixelBuffer(size: window.size)
        var view = buffer.view(of: window.size.whole), target = target
        try copy(source, window, into: view)
        guard ws_cv_resample(&view, &target) != 0 else {
            throw Failure(.internalError, "A tile could not be brought to its size.")
        }
    }
}

extension ws_pixels {
    fileprivate func part(x: Int, y: Int, of size: PixelSize) -> ws_pixels {
        var part = self
        part.samples = samples.map { $0 + (y * stride + x * Int(channels)) }
        part.width = Int32(size.width)
        part.height = Int32(size.height)
        return part
    }
}
