/// Where the logo of a camera label is drawn.
package struct LogoPlace: Hashable, Sendable, Codable {
    package var corner: Corner
    /// Of the picture's width, 0.02 to 0.5.
    package var width: Double
    package var files: [ProcessedFile]

    /// The largest picture of a logo that is taken, bytes; and its sides, pixels.
    package static let largestFile = 512 << 10
    package static let longestSide = 4096

    package init(
        corner: Corner = .bottomRight, width: Double = 0.12, files: [ProcessedFile] = [.rendition, .hotlink]
    ) {
        self.corner = corner
        self.width = width
        self.files = files
    }

    func validate() throws {
        guard width.isFinite, (0.02...0.5).contains(width) else {
            throw Failure(
                .unprocessable, "A logo takes from 0.02 to 0.5 of the picture's width.", details: ["reason": "logo"])
        }
        try Legend.validate(files)
    }
}
