import Domain
import Foundation
import Testing

@Suite("The position in a picture's tags")
struct MetadataPositionTests {
    @Test("degrees, minutes and seconds are read in both byte orders", arguments: [false, true])
    func sexagesimal(bigEndian: Bool) throws {
        var file = TaggedFile()
        file.bigEndian = bigEndian
        file.gps[1] = .ascii("S")
        file.gps[3] = .ascii("W")
        file.gps[2] = .rationals([(33, 1), (52, 1), (123_456, 10_000)])
        let position = try file.read().position
        #expect(abs(position.latitude - -(33 + 52 / 60.0 + 12.3456 / 3_600)) < 1e-9)
        #expect(abs(position.longitude - -2.355) < 1e-9)
    }

    @Test("one decimal value, two values, and unknown seconds all give a position")
    func fewerValues() throws {
        var file = TaggedFile()
        file.gps[2] = .rationals([(4_885_833, 100_000)])
        file.gps[4] = .rationals([(2, 1), (213, 10)])
        let decimal = try file.read().position
        #expect(abs(decimal.latitude - 48.85833) < 1e-9)
        #expect(abs(decimal.longitude - 2.355) < 1e-9)

        file.gps[4] = .rationals([(2, 1), (213, 10), (0, 0)])
        #expect(abs(try file.read().position.longitude - 2.355) < 1e-9)
    }

    @Test("without reference letters north and east are assumed, with a warning each")
    func noReference() throws {
        var file = TaggedFile()
        file.gps[1] = nil
        file.gps[3] = nil
        let tags = try file.read()
        #expect(tags.position.latitude > 48 && tags.position.longitude > 2)
        #expect(tags.warnings.count { $0.contains("is assumed") } == 2)
    }

    @Test(
        "XMP stands in for EXIF",
        arguments: [("48,51.5N", "2,21.3E"), ("48,51,30N", "2,21,18E"), ("48.8583333333", "2.355")])
    func xmp(latitude: String, longitude: String) throws {
        var file = TaggedFile()
        file.gps = [:]
        file.xmp = TaggedFile.packet(["exif:GPSLatitude": latitude, "exif:GPSLongitude": longitude])
        let position = try file.read().position
        #expect(abs(position.latitude - 48.858333333) < 1e-8)
        #expect(abs(position.longitude - 2.355) < 1e-8)
    }

    @Test("southern and western letters in XMP turn the sign")
    func xmpSigns() throws {
        var file = TaggedFile()
        file.gps = [:]
        file.xmp = TaggedFile.packet(["exif:GPSLatitude": "33,52.5S", "exif:GPSLongitude": "70,30W"])
        #expect(try file.read().position == GeoPoint(longitude: -70.5, latitude: -33.875))
    }

    @Test("Mapillary's description stands in for both")
    func mapillary() throws {
        var file = TaggedFile()
        file.gps = [:]
        file.image[0x010E] = .ascii(
            #"{"MAPLatitude": 48.5, "MAPLongitude": "-1.25", "MAPAltitude": 12.5, "MAPGpsTime": "2016_06_10_21_31_24_996","#
                + #" "MAPCompassHeading": {"TrueHeading": 91.25, "MagneticHeading": 90}, "other": [1, {"a": null}]}"#)
        let tags = try file.read()
        #expect(tags.position == GeoPoint(longitude: -1.25, latitude: 48.5))
        #expect(tags.heading == 91.25)
        #expect(tags.altitude == 12.5)
        #expect(tags.gpsTime.map { abs($0.timeIntervalSince1970 - 1_465_594_284.996) < 1e-6 } == true)
    }

    @Test(
        "no position, null island, no fix and what lies outside the world are refused",
        arguments: [
            [:],
            [2: .rationals([(0, 1), (0, 1), (0, 1)]), 4: .rationals([(0, 1), (0, 1), (0, 1)])],
            [2: .rationals([(0, 0), (0, 0), (0, 0)]), 4: .rationals([(2, 1), (0, 1), (0, 1)])],
            [2: .rationals([(91, 1), (0, 1), (0, 1)]), 4: .rationals([(2, 1), (0, 1), (0, 1)])],
            [2: .rationals([(48, 1), (0, 1), (0, 1)]), 4: .rationals([(4_294_967_295, 1), (0, 1), (0, 1)])],
            [2: .rationals([(48, 1), (0, 0), (30, 1)]), 4: .rationals([(2, 1), (0, 1), (0, 1)])],
            [2: .doubles([.nan]), 4: .doubles([2])],
            [2: .doubles([48]), 4: .doubles([.infinity])],
            [2: .rationals([(48, 1), (51, 1), (30, 1)])],
            [2: .raw(type: 5, count: 0, bytes: []), 4: .raw(type: 5, count: 0, bytes: [])],
        ] as [[Int: TaggedFile.Value]])
    func refused(gps: [Int: TaggedFile.Value]) throws {
        var file = TaggedFile()
        file.gps = gps
        let rejection = try #require(try file.rejection())
        #expect(rejection.reason == .invalidMetadata)
        #expect(rejection.details["missing_fields"] == "lat,lon")
        #expect(rejection.message.contains("position"))
    }

    @Test("on the equator and on the meridian is a position")
    func onAnAxis() throws {
        var file = TaggedFile()
        file.gps[2] = .rationals([(0, 1), (0, 1), (0, 1)])
        #expect(try file.read().position.latitude == 0)
    }

    @Test("altitude keeps its fraction and goes below the sea")
    func altitude() throws {
        var file = TaggedFile()
        #expect(try file.read().altitude == nil)
        file.gps[6] = .rationals([(12_345, 100)])
        #expect(try file.read().altitude == 123.45)
        file.gps[5] = .bytes([1])
        #expect(try file.read().altitude == -123.45)
        file.gps[6] = .rationals([(1, 0)])
        #expect(try file.read().altitude == nil)
    }

    @Test("a void fix is told")
    func voidFix() throws {
        var file = TaggedFile()
        file.gps[9] = .ascii("V")
        #expect(try file.read().warnings.contains { $0.contains("no fix") })
    }
}
