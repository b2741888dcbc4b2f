import Domain
import Foundation

/// What a client sends to annotate a picture.
struct AnnotationRequest: Decodable {
    let id: String?
    let shape: AnyJSON
    let semantics: [SemanticsRequest]?

    func validID() throws -> AnnotationID? {
        guard let id else { return nil }
        guard let valid = AnnotationID(id) else { throw Failure(.unprocessable, "The id of an annotation is a UUID.") }
        return valid
    }

    /// The outline within a picture of this size; throws `.unprocessable` with the rule that is broken.
    func validShape(width: Int, height: Int) throws -> Polygon {
        let shape = try Polygon(try points())
        let bounds = shape.bounds
        guard bounds.left >= 0, bounds.top >= 0, bounds.right <= Double(width), bounds.bottom <= Double(height) else {
            throw Failure(
                .unprocessable, "The shape reaches beyond the picture, which is \(width) × \(height) pixels large.")
        }
        return shape
    }

    /// A GeoJSON polygon with one ring, or a box `[left, top, right, bottom]`.
    private func points() throws -> [Polygon.Point] {
        switch shape.value {
        case .array(let numbers):
            let edges = try numbers.map(Self.number)
            guard edges.count == 4, edges[0] < edges[2], edges[1] < edges[3] else { throw Self.unreadable }
            return Polygon(x: edges[0], y: edges[1], width: edges[2] - edges[0], height: edges[3] - edges[1]).points
        case .object(let object):
            guard object["type"] == .string("Polygon"), case .array(let rings)? = object["coordinates"],
                rings.count == 1, case .array(let ring) = rings[0]
            else { throw Self.unreadable }
            let points = try ring.map(Self.point)
            return points.count > 1 && points.first == points.last ? points.dropLast() : points
        default: throw Self.unreadable
        }
    }

    private static func point(_ value: JSON) throws -> Polygon.Point {
        guard case .array(let pair) = value, pair.count == 2 else { throw unreadable }
        return Polygon.Point(x: try number(pair[0]), y: try number(pair[1]))
    }

    /// In hundredths of a pixel, so that a shape that was read and sent again is the same.
    private static func number(_ value: JSON) throws -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .double(let number) where number.isFinite && abs(number) < 1e6: return (number * 100).rounded() / 100
        default: throw unreadable
        }
    }

    private static let unreadable = Failure(
        .unprocessable,
        "A shape is a GeoJSON polygon of one ring or [left, top, right, bottom], in pixels of the displayed picture.")
}
