import Catalogue
import Domain
import Foundation

/// A label's newest picture: where what would be kept lies on it, and what that looks like with legend and logo. As the
/// darkroom draws, but for the font, which is the browser's.
struct ProcessingPreview: Sendable {
    /// A line of text in front of a shade.
    struct Line: Sendable {
        let text: String
        let box: Box
        let x: String
        let y: String
        /// Of the letters; and of the whole line.
        let size: String
        let length: String
    }

    struct Box: Sendable {
        let x: String
        let y: String
        let width: String
        let height: String

        fileprivate init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
            (self.x, self.y) = (ProcessingPreview.text(x), ProcessingPreview.text(y))
            (self.width, self.height) = (ProcessingPreview.text(width), ProcessingPreview.text(height))
        }
    }

    let picture: String
    /// As it is shown now.
    let width: String
    let height: String
    let outline: String
    /// As it would be shown.
    let size: String
    let newWidth: String
    let newHeight: String
    /// From the one to the other.
    let matrix: String
    let legend: Line?
    let logo: Box?

    /// - Parameter logo: width and height of the logo; nil where there is none.
    /// - Throws: `.unprocessable` where the crop does not fit.
    init(
        _ rule: FirstProcessing, of picture: Picture, _ tags: PictureTags, known: PictureFrame?, label: String,
        logo: (width: Int, height: Int)?
    ) throws {
        let after = try rule.frame(
            ofWidth: known?.sourceWidth ?? tags.width, height: known?.sourceHeight ?? tags.height, type: tags.type)
        let (width, height) = (after?.width ?? tags.width, after?.height ?? tags.height)
        let map = FrameChange(before: known, after: after, settles: false).map
        let corners = map.inverse(Polygon(x: 0, y: 0, width: Double(width), height: Double(height))).points
        self.picture = picture.id.string
        (self.width, self.height) = ("\(tags.width)", "\(tags.height)")
        outline = corners.map { "\(Int($0.x.rounded())),\(Int($0.y.rounded()))" }.joined(separator: " ")
        size = "\(width) × \(height)"
        (newWidth, newHeight) = ("\(width)", "\(height)")
        matrix = [map.a, map.c, map.b, map.d, map.e, map.f].map { "\($0)" }.joined(separator: " ")
        let layout = DrawingLayout(width: Double(width), height: Double(height))
        let line = rule.legend?.line(label: label, tags: tags) ?? ""
        let placed = rule.legend.flatMap { line.isEmpty ? nil : layout.line(line, at: $0.corner) }
        legend = placed.map { placed in
            Line(
                text: line, box: Box(placed.x, placed.y, placed.width, placed.height),
                x: Self.text(placed.x + placed.letters / 2), y: Self.text(placed.y + placed.letters * 1.1),
                size: Self.text(placed.letters), length: Self.text(placed.width - placed.letters))
        }
        self.logo = rule.logo.flatMap { place in
            guard let logo else { return nil }
            let taken = rule.legend?.corner == place.corner ? placed : nil
            let area = layout.logo(place, ratio: Double(logo.height) / Double(max(1, logo.width)), beside: taken)
            return Box(area.x, area.y, area.width, area.height)
        }
    }

    fileprivate static func text(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
