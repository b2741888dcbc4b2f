import Domain
import Foundation
import Testing

@Suite("A track")
struct TrackTests {
    private static let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func point(_ seconds: Double, _ longitude: Double, _ latitude: Double, _ altitude: Double? = nil)
        -> Track.Point
    {
        Track.Point(
            position: GeoPoint(longitude: longitude, latitude: latitude), altitude: altitude,
            moment: Self.start + seconds)
    }

    private func place(_ track: Track, _ seconds: Double, gap: Double = 60) -> Track.Point? {
        guard case .found(let point) = track.place(at: Self.start + seconds, maximumGap: gap) else { return nil }
        return point
    }

    @Test("is straight and even between two points, in whatever order they come")
    func between() throws {
        let track = try Track([point(10, 2, 48.2, 30), point(0, 1, 48, 10)])
        let middle = try #require(place(track, 2.5))
        #expect(abs(middle.position.longitude - 1.25) < 1e-9 && abs(middle.position.latitude - 48.05) < 1e-9)
        #expect(middle.altitude == 15 && middle.moment == Self.start + 2.5)
        #expect(place(track, 0)?.position == GeoPoint(longitude: 1, latitude: 48))
        #expect(place(track, 10)?.position == GeoPoint(longitude: 2, latitude: 48.2))
    }

    @Test("goes the short way across the antimeridian")
    func antimeridian() throws {
        let track = try Track([point(0, 179.9, 0), point(10, -179.9, 0)])
        #expect(abs(abs(try #require(place(track, 5)).position.longitude) - 180) < 1e-9)
        #expect(abs(try #require(place(track, 7.5)).position.longitude + 179.95) < 1e-9)
    }

    @Test("says nothing of a gap, of before and of after, but how far away in time it is")
    func tooFar() throws {
        let track = try Track([point(0, 1, 48), point(10, 1, 48), point(200, 2, 48)])
        for (seconds, distance) in [(100.0, 90.0), (-30, 30), (260, 60)] {
            guard case .tooFar(let found) = track.place(at: Self.start + seconds, maximumGap: 60) else {
                Issue.record("\(seconds) was found")
                continue
            }
            #expect(found == distance)
        }
        #expect(place(track, 11)?.position == GeoPoint(longitude: 1, latitude: 48), "a clock of whole seconds")
        #expect(place(track, 100, gap: 190) != nil)
    }

    @Test("tells the time zone that a camera's clock was set to")
    func zone() throws {
        let track = try Track((0...100).map { point(Double($0) * 10, 1, 48) })
        let times = (0..<20).map { Self.start + Double($0) * 40 + 19_800 }
        #expect(track.likelyOffset(of: times, maximumGap: 60) == -19_800)
        #expect(track.likelyOffset(of: times.map { $0 + 7 * 86_400 }, maximumGap: 60) == nil)
        #expect(track.likelyOffset(of: [Self.start + 5], maximumGap: 60) == 0)
    }

    @Test("without a point is none")
    func empty() { #expect(throws: Failure.self) { try Track([]) } }

    @Test("a picture without a place waits, one that is refused for anything else does not")
    func missing() {
        func missing(_ fields: String?) -> Set<HeldPicture.Missing> {
            Rejection(.invalidMetadata, "No.", details: fields.map { ["missing_fields": $0] } ?? [:]).missing
        }
        #expect(missing("lat,lon") == [.place] && missing("lat,lon,datetime") == [.place, .time])
        #expect(missing("datetime") == [.time] && missing("crop").isEmpty && missing(nil).isEmpty)
        #expect(Rejection(.invalidFile, "No.", details: ["missing_fields": "lat"]).missing.isEmpty)
    }
}
