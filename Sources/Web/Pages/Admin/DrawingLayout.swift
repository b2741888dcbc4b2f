import Domain

/// Where legend and logo come to lie on a picture, in pixels: the darkroom's own proportions, for a preview.
struct DrawingLayout {
    let width: Double
    let height: Double

    struct Area {
        var x: Double
        var y: Double
        let width: Double
        let height: Double
        /// The letters' height; 0 for a logo.
        var letters = 0.0
    }

    /// Of a character's width, in letters' heights, as DejaVu Sans has it in the middle.
    private static let character = 0.6

    private var short: Double { min(width, height) }
    private var edge: Double { max(2, short * 0.02) }

    /// The shade behind a line of text.
    func line(_ text: String, at corner: Corner) -> Area {
        var letters = min(max(short * 0.03, 10), 200)
        let length = Double(text.count) * Self.character
        let room = width - 2 * edge
        if letters * (length + 1) > room { letters = max(6, room / (length + 1)) }
        return place(min(letters * (length + 1), width), letters * 1.5, at: corner, letters: letters)
    }

    /// - Parameters:
    ///   - ratio: height by width of the logo.
    ///   - taken: the legend, where it is in the same corner.
    func logo(_ place: LogoPlace, ratio: Double, beside taken: Area?) -> Area {
        var size = width * place.width
        if size * ratio > height / 2 { size = height / 2 / ratio }
        var area = self.place(size, size * ratio, at: place.corner)
        if let taken {
            area.y = place.corner.isBottom ? taken.y - edge / 2 - area.height : taken.y + taken.height + edge / 2
        }
        return area
    }

    private func place(_ boxWidth: Double, _ boxHeight: Double, at corner: Corner, letters: Double = 0) -> Area {
        Area(
            x: max(0, corner.isRight ? width - boxWidth - edge : edge),
            y: max(0, corner.isBottom ? height - boxHeight - edge : edge), width: boxWidth, height: boxHeight,
            letters: letters)
    }
}
