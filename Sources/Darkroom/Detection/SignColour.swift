import COpenCV
import Domain

/// Tells road signs from number plates by their colour: the plate net takes STOP signs and the names of streets for plates.
///
/// A box most of which is a strong red, green or blue is a sign, unless the net is very sure. Plates are white, black or
/// yellow; the few coloured ones get high scores. The blue strip of a European plate is a tenth of it.
package struct SignColour: Sendable {
    /// The part of a box that makes it coloured.
    package static let share = 0.5
    /// What a coloured box needs to be taken for a plate all the same.
    package static let sure = 0.9
    /// Samples looked at along each side of a box.
    private static let samples = 48

    package init() {}

    /// Whether a strong red, green or blue, from how far a sample's chroma is from grey. Yellow and orange are none.
    package func isStrong(blue: Int, red: Int) -> Bool {
        let isRed = red >= 30 && red * 5 > -blue * 6
        let isBlue = blue >= 24 && red <= -6
        let isGreen = red <= -16 && blue <= -4
        return isRed || isBlue || isGreen
    }

    /// Whether a finding is a sign.
    func isSign(_ finding: Candidate, in picture: borrowing PlanarPicture, _ orientation: Orientation) -> Bool {
        guard finding.subject == .plate, finding.score < Self.sure else { return false }
        return colouredShare(of: finding, in: picture, orientation) >= Self.share
    }

    private func colouredShare(
        of finding: Candidate, in picture: borrowing PlanarPicture, _ orientation: Orientation
    ) -> Double {
        let displayed = orientation.turned(picture.size)
        let box = PixelRectangle(
            x: Int(finding.x), y: Int(finding.y), width: max(1, Int(finding.width)), height: max(1, Int(finding.height))
        ).clipped(to: displayed)
        guard !box.isEmpty else { return 0 }
        let stored = orientation.stored(box, displayed: displayed)
        let blue = picture.samples(1, of: stored), red = picture.samples(2, of: stored)
        guard let blues = blue.samples, let reds = red.samples else { return 0 }
        let across = max(1, Int(blue.width) / Self.samples), down = max(1, Int(blue.height) / Self.samples)
        var count = 0, strong = 0
        for y in stride(from: 0, to: Int(blue.height), by: down) {
            for x in stride(from: 0, to: Int(blue.width), by: across) {
                count += 1
                let isStrong = isStrong(
                    blue: Int(blues[y * blue.stride + x]) - 128, red: Int(reds[y * red.stride + x]) - 128)
                strong += isStrong ? 1 : 0
            }
        }
        return Double(strong) / Double(max(1, count))
    }
}
