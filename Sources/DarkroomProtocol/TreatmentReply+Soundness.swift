import Domain
import Foundation

/// A child that a picture has taken over may say anything that can be written: what could not be of a picture is not
/// believed, so that nothing behind has to expect it.
extension TreatmentReply.Outcome {
    /// Whether every number is one that a picture can have, and every place is inside of it.
    package func isSound(for request: TreatmentRequest) -> Bool {
        switch self {
        case .inspected(let tags): tags.isSound
        case .developed(let development): development.isSound && development.fills(request.frame)
        case .looked(let look): look.isSound
        case .detected(let findings):
            findings.allSatisfy { $0.isSound(width: request.tags?.width, height: request.tags?.height) }
        case .rendered(let file): file.isSound(for: request.rendition)
        case .rejected, .failed: true
        }
    }
}

extension TreatmentReply.Development {
    /// Whether it is of the size that was asked for.
    fileprivate func fills(_ frame: PictureFrame?) -> Bool {
        guard let frame else { return true }
        return tags.width == frame.width && tags.height == frame.height
            && files.allSatisfy { file in
                guard case .hd = file.derivative.kind else { return true }
                return file.derivative.width == frame.width && file.derivative.height == frame.height
            }
    }

    fileprivate var isSound: Bool {
        tags.isSound && redactions.allSatisfy { $0.isSound(width: tags.width, height: tags.height) }
            && findings.allSatisfy { $0.isSound(width: tags.width, height: tags.height) }
            && files.allSatisfy(\.derivative.isSound)
    }
}

extension TreatmentReply.RenderedFile {
    /// Not larger than what was asked for.
    fileprivate func isSound(for rendition: Rendition?) -> Bool {
        guard let rendition else { return false }
        return (1...rendition.width).contains(width) && (1...rendition.height).contains(height)
            && Limits.sizes.contains(size) && Limits.isHash(sha256)
    }
}

extension TreatmentReply.Look {
    fileprivate var isSound: Bool {
        Limits.sides.contains(width) && Limits.sides.contains(height)
            && redactions.allSatisfy { $0.isSound(width: width, height: height) }
            && Limits.figures.contains(processorSeconds)
    }
}

/// What a picture can have at most.
private enum Limits {
    /// Pixels; more than a JPEG's header has room for (ISO/IEC 10918-1 §B.2.2) is none.
    static let sides = 1...65_535
    /// Years 1 to 9999, as RFC 3339 has room for; seconds since 2001.
    static let moments = -63_114_000_000.0...252_424_000_000.0
    /// Minutes.
    static let offsets = -1_440...1_440
    /// Any other number.
    static let figures = -PictureTags.largestFigure...PictureTags.largestFigure
    /// Bytes.
    static let sizes: ClosedRange<Int64> = 0...1 << 40

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension PictureTags {
    fileprivate var isSound: Bool {
        (-180.0...180).contains(position.longitude) && (-90.0...90).contains(position.latitude)
            && [capturedAt, gpsTime, cameraTime].allSatisfy { moment in
                moment.map { Limits.moments.contains($0.timeIntervalSinceReferenceDate) } ?? true
            }
            && Limits.offsets.contains(utcOffsetMinutes) && heading.map((0.0...360).contains) ?? true
            && [altitude, horizontalAccuracy, pitch, roll, fieldOfView, focalLength, sensorWidth].allSatisfy {
                $0.map(Limits.figures.contains) ?? true
            }
            && (1...8).contains(orientation) && Limits.sides.contains(width) && Limits.sides.contains(height)
    }
}

extension Redaction {
    fileprivate func isSound(width limit: Int, height limitDown: Int) -> Bool {
        Box(x: x, y: y, width: width, height: height).isInside(limit, limitDown) && Limits.figures.contains(score)
            && polygon?.points.allSatisfy { Limits.figures.contains($0.x) && Limits.figures.contains($0.y) } ?? true
    }
}

extension ModelFindings {
    /// - Parameters:
    ///   - width: of the picture, where it is known.
    fileprivate func isSound(width: Int?, height: Int?) -> Bool {
        let (across, down) = (width ?? Limits.sides.upperBound, height ?? Limits.sides.upperBound)
        return detections.allSatisfy {
            Box(x: $0.x, y: $0.y, width: $0.width, height: $0.height).isInside(across, down)
                && Limits.figures.contains($0.score)
        }
    }
}

extension Derivative {
    fileprivate var isSound: Bool {
        if case .tile(let column, let row) = kind {
            guard (0..<Limits.sides.upperBound).contains(column), (0..<Limits.sides.upperBound).contains(row) else {
                return false
            }
        }
        return Limits.sides.contains(width) && Limits.sides.contains(height) && Limits.sizes.contains(size)
            && Limits.isHash(sha256)
    }
}

private struct Box {
    let x: Int
    let y: Int
    let width: Int
    let height: Int

    /// On a panorama a box may reach beyond the right edge.
    func isInside(_ across: Int, _ down: Int) -> Bool {
        (0...across).contains(x) && (0...across).contains(width) && (0...down).contains(y)
            && (0...down - y).contains(height)
    }
}
