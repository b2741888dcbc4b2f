import Foundation

/// Which part of what the camera wrote a picture shows, and how large: what a label's first processing came to for it.
package struct PictureFrame: Hashable, Sendable, Codable {
    /// Pixels of the whole picture, upright as the camera says.
    package let sourceWidth: Int
    package let sourceHeight: Int
    /// Clockwise, 0 to 3.
    package let quarterTurns: Int
    /// Degrees clockwise.
    package let angle: Double
    /// The part that is kept, in pixels of the turned and straightened picture.
    package let x: Int
    package let y: Int
    package let cropWidth: Int
    package let cropHeight: Int
    /// Pixels of the picture that is shown.
    package let width: Int
    package let height: Int

    init(_ processing: FirstProcessing, width sourceWidth: Int, height sourceHeight: Int) throws {
        self.sourceWidth = sourceWidth
        self.sourceHeight = sourceHeight
        quarterTurns = processing.quarterTurns
        angle = processing.angle
        let turned = Self.turned(sourceWidth, sourceHeight, by: processing.quarterTurns)
        let straight = Self.straightened(turned, by: processing.angle)
        let part = try processing.crop?.pixels(ofWidth: straight.width, height: straight.height)
        x = part?.x ?? 0
        y = part?.y ?? 0
        cropWidth = part?.width ?? straight.width
        cropHeight = part?.height ?? straight.height
        (width, height) = processing.size?.size(ofWidth: cropWidth, height: cropHeight) ?? (cropWidth, cropHeight)
    }

    private static func turned(_ width: Int, _ height: Int, by quarterTurns: Int) -> (width: Int, height: Int) {
        quarterTurns % 2 == 1 ? (height, width) : (width, height)
    }

    /// The largest rectangle of the same shape, about the same centre, that has no empty corner once the picture is turned.
    private static func straightened(_ size: (width: Int, height: Int), by angle: Double) -> (width: Int, height: Int) {
        guard angle != 0 else { return size }
        let (width, height) = (Double(size.width), Double(size.height)), turn = abs(angle) * .pi / 180
        let part = min(
            width / (width * cos(turn) + height * sin(turn)), height / (width * sin(turn) + height * cos(turn)))
        return (max(1, Int(width * part)), max(1, Int(height * part)))
    }

    /// Size of the picture once it is turned, before it is straightened.
    package var turnedSize: (width: Int, height: Int) { Self.turned(sourceWidth, sourceHeight, by: quarterTurns) }

    /// Size of the picture once it is straightened, before it is cropped.
    package var straightSize: (width: Int, height: Int) { Self.straightened(turnedSize, by: angle) }

    /// From pixels of the whole picture, upright, to the turned one.
    private var turning: PlaneMap {
        let (width, height) = (Double(sourceWidth), Double(sourceHeight))
        return switch quarterTurns {
        case 1: PlaneMap(a: 0, b: -1, c: 1, d: 0, e: height, f: 0)
        case 2: PlaneMap(a: -1, d: -1, e: width, f: height)
        case 3: PlaneMap(a: 0, b: 1, c: -1, d: 0, e: 0, f: width)
        default: PlaneMap()
        }
    }

    /// From pixels of the turned picture to those of the part that is kept, before it is made smaller.
    package var cutting: PlaneMap {
        let turned = turnedSize, straight = straightSize, radians = angle * .pi / 180
        let turn = PlaneMap(a: cos(radians), b: -sin(radians), c: sin(radians), d: cos(radians))
        return PlaneMap.move(x: -Double(turned.width) / 2, y: -Double(turned.height) / 2).then(turn)
            .then(.move(x: Double(straight.width) / 2 - Double(x), y: Double(straight.height) / 2 - Double(y)))
    }

    /// From pixels of the whole picture, upright, to those of the one that is shown.
    package var shown: PlaneMap {
        turning.then(cutting).then(
            .scale(x: Double(width) / Double(cropWidth), y: Double(height) / Double(cropHeight)))
    }

    /// From parts (0–1) of the whole picture to parts of the one that is shown.
    package var shownParts: PlaneMap {
        PlaneMap.scale(x: Double(sourceWidth), y: Double(sourceHeight)).then(shown)
            .then(.scale(x: 1 / Double(width), y: 1 / Double(height)))
    }

    /// Whether its sides are those of the whole picture, so that rows of one are rows of the other.
    package var keepsRows: Bool { quarterTurns == 0 && angle == 0 }
}
