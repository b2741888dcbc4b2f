extension PictureFrame {
    /// All of a picture, as it is.
    ///
    /// - Parameters:
    ///   - width, height: pixels, upright.
    package static func whole(width: Int, height: Int) -> PictureFrame {
        PictureFrame(
            sourceWidth: width, sourceHeight: height, quarterTurns: 0, angle: 0, x: 0, y: 0, cropWidth: width,
            cropHeight: height, width: width, height: height)
    }

    /// The same part of what the camera wrote, turned clockwise by so many quarters.
    package func turned(by turns: Int) -> PictureFrame {
        (0..<((turns % 4) + 4) % 4).reduce(self) { frame, _ in frame.turnedOnce }
    }

    private var turnedOnce: PictureFrame {
        PictureFrame(
            sourceWidth: sourceWidth, sourceHeight: sourceHeight, quarterTurns: (quarterTurns + 1) % 4, angle: angle,
            x: straightSize.height - y - cropHeight, y: x, cropWidth: cropHeight, cropHeight: cropWidth, width: height,
            height: width)
    }

    private init(
        sourceWidth: Int, sourceHeight: Int, quarterTurns: Int, angle: Double, x: Int, y: Int, cropWidth: Int,
        cropHeight: Int, width: Int, height: Int
    ) {
        self.sourceWidth = sourceWidth
        self.sourceHeight = sourceHeight
        self.quarterTurns = quarterTurns
        self.angle = angle
        self.x = x
        self.y = y
        self.cropWidth = cropWidth
        self.cropHeight = cropHeight
        self.width = width
        self.height = height
    }
}
