import CQRCode
import Domain

/// A QR code as something to draw.
struct QRCode: Sendable {
    /// Modules along a side, the quiet zone of four on each side included (ISO/IEC 18004 §6.3.8).
    let side: Int
    /// An SVG path of the dark modules, one module long units.
    let path: String

    private static let quiet = 4
    /// Of the largest code there is.
    private static let longestSide = 177

    /// Throws `.unprocessable` when the text is too long for one.
    init(_ text: String) throws {
        var modules = [UInt8](repeating: 0, count: Self.longestSide * Self.longestSide)
        let width = Int(cqrcode_encode(text, &modules, modules.count))
        guard width > 0 else { throw Failure(.unprocessable, "The address is too long for a QR code.") }
        side = width + 2 * Self.quiet
        path = Self.path(modules, width)
    }

    /// One rectangle for each run of dark modules in a row.
    private static func path(_ modules: [UInt8], _ width: Int) -> String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, modules[row * width + column] == 1 { column += 1 }
                if column > start { path += "M\(start + quiet) \(row + quiet)h\(column - start)v1h-\(column - start)z" }
                column += 1
            }
        }
        return path
    }
}
