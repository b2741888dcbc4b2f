import Darkroom
import Domain
import Foundation
import TestSupport
import Testing

@Suite("A place that somebody gives")
struct GivenPlaceTests {
    private func read(_ file: TaggedFile, _ given: GivenPlace?) throws -> PictureTags {
        try MetadataTables.reader().read(file.data(), width: 4000, height: 3000, given: given)
    }

    /// A camera without a receiver, whose clock showed two in the afternoon.
    private var blind: TaggedFile {
        var file = TaggedFile()
        file.gps = [:]
        file.photo[0x9003] = .ascii("2024:06:01 14:00:00")
        file.photo[0x9011] = nil
        return file
    }

    private let paris = GeoPoint(longitude: 2.35, latitude: 48.85)

    @Test("counts as the camera's own, and its clock is read in the time zone there")
    func place() throws {
        let tags = try read(blind, GivenPlace(position: paris, altitude: 35, heading: 90))
        #expect(tags.position == paris && tags.altitude == 35 && tags.heading == 90)
        #expect(tags.capturedAt == RFC3339.date("2024-06-01T12:00:00Z") && tags.utcOffsetMinutes == 120)
        #expect(tags.horizontalAccuracy == nil)
    }

    @Test("comes with a time that counts more than the clock")
    func time() throws {
        let moment = try #require(RFC3339.date("2024-06-01T12:03:04Z"))
        let tags = try read(blind, GivenPlace(position: paris, capturedAt: moment))
        #expect(tags.capturedAt == moment && tags.cameraTime == moment && tags.utcOffsetMinutes == 120)
        #expect(tags.gpsTime == nil)
    }

    @Test("may be but the time, or counts more than a place that is nonsense")
    func parts() throws {
        let moment = try #require(RFC3339.date("2024-06-01T12:03:04Z"))
        var clockless = TaggedFile()
        clockless.photo = [:]
        clockless.gps[0x1D] = nil
        #expect(try read(clockless, GivenPlace(capturedAt: moment)).capturedAt == moment)
        var file = blind
        file.gps = [2: .rationals([(91, 1), (0, 1), (0, 1)]), 4: .rationals([(2, 1), (0, 1), (0, 1)])]
        #expect(try read(file, GivenPlace(position: paris)).position == paris)
    }

    @Test("is asked for with what the camera's clock showed")
    func asked() throws {
        let rejection = try #require(try blind.rejection())
        #expect(rejection.missing == [.place])
        #expect(rejection.cameraTime == RFC3339.date("2024-06-01T14:00:00Z"), "no zone is known")
        #expect(rejection.withoutCameraTime.details == ["missing_fields": "lat,lon"])
        var clockless = blind
        clockless.photo = [:]
        #expect(try clockless.rejection()?.cameraTime == nil)
    }
}
