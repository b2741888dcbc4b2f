import Catalogue
import Domain

/// Panoramax' question for pictures that look at a place: `place_position`, `place_distance`, `place_fov_tolerance`.
enum PlaceRequest {
    private static let malformed = Failure(.invalid, "'place_position' is a longitude and a latitude: 2.35,48.85.")

    static func numbers(_ text: String) throws -> [Double] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            guard let number = Double(part.trimmed) else { throw malformed }
            return number
        }
    }

    /// Nil without a place. Throws `.invalid` with what is wrong.
    static func view(position: [Double]?, distance: String?, tolerance: Double?) throws -> PictureView? {
        guard let position else {
            guard distance == nil, tolerance == nil else {
                throw Failure(.invalid, "'place_distance' and 'place_fov_tolerance' go with 'place_position'.")
            }
            return nil
        }
        guard position.count == 2, (-180...180).contains(position[0]), (-90...90).contains(position[1]) else {
            throw malformed
        }
        let tolerance = tolerance ?? 30
        guard (2...180).contains(tolerance) else {
            throw Failure(.invalid, "'place_fov_tolerance' is a number of degrees from 2 to 180.")
        }
        return PictureView(
            place: GeoPoint(longitude: position[0], latitude: position[1]), distance: try metres(distance ?? "3-15"),
            tolerance: tolerance)
    }

    private static func metres(_ text: String) throws -> ClosedRange<Double> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Double($0.trimmed) }
        guard ends.count == 2, ends[0] >= 0, ends[0] <= ends[1], ends[1] <= PictureView.farthest else {
            throw Failure(.invalid, "'place_distance' is two numbers of metres, nearest and farthest: 3-15.")
        }
        return ends[0]...ends[1]
    }
}
