import Domain
import Foundation

/// Geometries between JSON and what the catalogue works with.
enum FilterGeometry {
    /// Throws `.invalid` with what is wrong.
    static func figure(_ json: JSON) throws -> GeoFigure {
        do {
            return try JSONDecoder().decode(GeoFigure.self, from: Data(json.bytes))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.invalid, "This is no GeoJSON geometry in degrees.", details: ["part": "geometry"])
        }
    }

    static func json(_ figure: GeoFigure) throws -> JSON {
        let text = String(decoding: try JSONEncoder().encode(figure), as: UTF8.self)
        return JSON(parsing: text) ?? .null
    }
}
