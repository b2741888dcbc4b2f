import Domain

/// A GeoJSON FeatureCollection of areas.
struct AreasRequest: Decodable {
    let type: String
    let features: [AreaRequest]

    /// - Throws: `.unprocessable` with the feature, counted from 1, and the part of it that is wrong.
    func areas(kind: ExcludedArea.Kind?) throws -> [ExcludedArea] {
        guard type == "FeatureCollection" else {
            throw Failure(.unprocessable, "Areas are a GeoJSON FeatureCollection.")
        }
        return try features.enumerated().map { index, feature in
            do {
                return try feature.area(kind: kind)
            } catch let failure as Failure {
                var details = failure.details
                details["feature"] = "\(index + 1)"
                throw Failure(failure.code, "Feature \(index + 1): \(failure.message)", details: details)
            }
        }
    }
}
