import Darkroom

/// A number plate of the European kind on the back of a dark car, drawn with a letter grid of 5 × 7.
struct DrawnPlate {
    let x: Int
    let y: Int
    let width: Int

    private static let letters = [
        ["01110", "10001", "10001", "11111", "10001", "10001", "10001"],
        ["11110", "10001", "10001", "11110", "10001", "10001", "11110"],
        ["00100", "01100", "00100", "00100", "00100", "00100", "01110"],
        ["01110", "10001", "00001", "00110", "01000", "10000", "11111"],
        ["11111", "00001", "00010", "00100", "01000", "01000", "01000"],
        ["10001", "10010", "10100", "11000", "10100", "10010", "10001"],
        ["11111", "10000", "11110", "00001", "00001", "10001", "01110"],
    ].map { rows in rows.map { Array($0.utf8.map { $0 == UInt8(ascii: "1") }) } }

    private var height: Double { Double(width) / 4.6 }

    /// Where the letters stand.
    var letters: PixelRectangle {
        PixelRectangle(
            x: x + width / 6, y: y + Int(height * 0.2), width: width * 3 / 4, height: Int(height * 0.6))
    }

    /// The colour of a pixel of car or plate, the mean of 16 points in it; `nil` beside the car.
    func colour(_ column: Int, _ row: Int) -> (UInt8, UInt8, UInt8)? {
        let car = column >= x - 180 && column < x + 320 && row >= y - 250 && row < y + 150
        guard car else { return nil }
        var sum = (0, 0, 0)
        for part in 0..<16 {
            let point = point(Double(column - x) + Double(part % 4) / 4, Double(row - y) + Double(part / 4) / 4)
            sum = (sum.0 + point.0, sum.1 + point.1, sum.2 + point.2)
        }
        return (UInt8(sum.0 / 16), UInt8(sum.1 / 16), UInt8(sum.2 / 16))
    }

    private func point(_ across: Double, _ down: Double) -> (Int, Int, Int) {
        guard across >= 0, across < Double(width), down >= 0, down < height else { return (40, 50, 70) }
        let rim = Double(width) / 90
        if across < rim || down < rim || across >= Double(width) - rim || down >= height - rim { return (40, 40, 40) }
        if across < Double(width) / 11 { return (10, 60, 160) }
        let unit = height * 0.62 / 7, start = Double(width) * (1 / 11.0 + 0.06)
        let along = (across - start) / unit, letter = (along / 6.1).rounded(.down)
        let cell = along - letter * 6.1, line = (down - height * 0.19) / unit
        guard letter >= 0, letter < 7, cell < 5, line >= 0, line < 7 else { return (235, 235, 235) }
        return Self.letters[Int(letter)][Int(line)][Int(cell)] ? (25, 25, 25) : (235, 235, 235)
    }
}
