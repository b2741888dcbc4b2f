import Catalogue
import Domain
import Foundation

/// Tells held pictures where and when they were taken: the same for the API and for pages.
struct Placing: Sendable {
    let services: WebServices
    let set: UploadSet
    let viewer: Viewer

    /// Which of a set's pictures lie on a track.
    struct Match: Sendable {
        enum Outcome: Sendable {
            case placed(Track.Point)
            /// Seconds to the nearest point of the track.
            case tooFar(TimeInterval)
            /// The camera's clock said nothing.
            case noTime
        }

        let picture: HeldPicture
        let outcome: Outcome

        var given: GivenPlace? {
            guard case .placed(let point) = outcome else { return nil }
            return GivenPlace(position: point.position, altitude: point.altitude, capturedAt: point.moment)
        }
    }

    /// Seconds between two points of a track, where nobody says otherwise.
    static let usualGap: TimeInterval = 120
    /// Seconds: a day, and half a day for time zones.
    static let offsets = -129_600.0...129_600.0
    private static let batch = 5000

    /// All pictures of the set that wait.
    func held() async throws -> [HeldPicture] {
        var held: [HeldPicture] = []
        while true {
            let part = try await services.catalogue.heldPictures.list(
                of: set.id, after: held.last?.path, limit: Self.batch, viewer: viewer)
            held += part
            guard part.count == Self.batch else { return held }
        }
    }

    /// Where each of them would be.
    ///
    /// - Parameters:
    ///   - offset: seconds that are added to what the camera's clock shows; nil for the likeliest time zone.
    func match(_ track: Track, offset: TimeInterval?, maximumGap: TimeInterval) async throws
        -> (offset: TimeInterval, matches: [Match])
    {
        let held = try await held().filter { $0.missing.contains(.place) }
        let offset =
            offset ?? track.likelyOffset(of: held.compactMap(\.cameraTime), maximumGap: maximumGap) ?? 0
        let matches = held.map { picture in
            guard let time = picture.cameraTime else { return Match(picture: picture, outcome: .noTime) }
            switch track.place(at: time + offset, maximumGap: maximumGap) {
            case .found(let point): return Match(picture: picture, outcome: .placed(point))
            case .tooFar(let seconds): return Match(picture: picture, outcome: .tooFar(seconds))
            }
        }
        return (offset, matches)
    }

    /// How many go on; those that are not held any more are left alone.
    func place(_ places: [PictureID: GivenPlace]) async throws -> Int {
        let count = try await services.catalogue.heldPictures.place(
            places, in: set.id, by: viewer, at: services.clock())
        if count > 0 { services.wake() }
        return count
    }

    /// Places one by hand. Throws `.notFound` for a picture that does not wait, `.unprocessable` where something is still
    /// missing.
    func place(_ id: PictureID, at place: GivenPlace) async throws {
        guard let picture = try await held().first(where: { $0.id == id }) else { throw Self.notHeld }
        try Self.check(picture, place)
        guard try await self.place([id: place]) == 1 else { throw Self.notHeld }
    }

    static func check(_ picture: HeldPicture, _ place: GivenPlace) throws {
        guard !picture.isSatisfied(by: place) else { return }
        throw Failure(
            .unprocessable,
            picture.missing.contains(.time) && place.capturedAt == nil
                ? "This picture has no time either; say when it was taken."
                : "Say where the picture was taken: longitude and latitude.",
            details: ["picture_id": picture.id.string])
    }

    /// Refuses them; nil means all of the set.
    func giveUp(_ pictures: [PictureID]?) async throws -> Int {
        let count = try await services.catalogue.heldPictures.giveUp(pictures, in: set.id, at: services.clock())
        if count > 0 { services.wake() }
        return count
    }

    static let notHeld = Failure(.notFound, "This picture does not wait for a place, or not any more.")
}
