import Domain
import Foundation

/// Batches of pictures on a straight road, for the sequencing tests.
enum SequencingFixture {
    static let start = Date(timeIntervalSince1970: 1_717_236_000)
    static let metre = 1 / (GeoPoint.earthRadius * .pi / 180)

    /// A picture `north` and `east` metres from the start of the road (at the equator), `seconds` after the first.
    static func picture(
        _ path: String, north: Double = 0, east: Double = 0, seconds: Double = 0, gps: Double? = nil,
        camera: Double? = nil, heading: Double? = nil
    ) -> DispatchCandidates.Candidate {
        DispatchCandidates.Candidate(
            id: PictureID(), path: path, position: GeoPoint(longitude: east * metre, latitude: north * metre),
            capturedAt: start + seconds, gpsTime: gps.map { start + $0 }, cameraTime: camera.map { start + $0 },
            heading: heading, type: .flat)
    }

    static func plan(_ pictures: [DispatchCandidates.Candidate], _ rules: DispatchRules = DispatchRules())
        -> DispatchPlan
    {
        let set = UploadSet(accountID: AccountID(), labelID: CameraLabelID(), title: "t", rules: rules)
        return DispatchPlan.make(from: DispatchCandidates(set: set, pictures: pictures))
    }

    /// The paths of each part, in order.
    static func paths(_ pictures: [DispatchCandidates.Candidate], _ rules: DispatchRules = DispatchRules())
        -> [[String]]
    {
        let names = Dictionary(uniqueKeysWithValues: pictures.map { ($0.id, $0.path) })
        return plan(pictures, rules).parts.map { $0.compactMap { names[$0.id] } }
    }
}
