import Domain
import Foundation
import Testing

@Suite("The times in a picture's tags")
struct MetadataTimeTests {
    private static func utc(_ text: String) throws -> Date {
        try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains(".")))
    }

    private func expect(_ found: Date?, _ text: String) throws {
        let found = try #require(found)
        #expect(abs(found.timeIntervalSince(try Self.utc(text))) < 0.0005, "\(found) is not \(text)")
    }

    @Test("the zone comes from the coordinates, summer and winter")
    func zoneFromPlace() throws {
        var file = TaggedFile()
        var tags = try file.read()
        try expect(tags.capturedAt, "2024-06-01T12:00:00Z")
        #expect(tags.utcOffsetMinutes == 120)
        file.photo[0x9003] = .ascii("2024:01:01 14:00:00")
        tags = try file.read()
        try expect(tags.capturedAt, "2024-01-01T13:00:00Z")
        #expect(tags.utcOffsetMinutes == 60)
    }

    @Test(
        "zones of quarter hours, of the south and of the sea hold",
        arguments: [
            (27.7172, 85.3240, 345), (-33.8688, 151.2093, 600), (47.5615, -52.7126, -150), (0.5, -150.0, -600),
            (64.1466, -21.9426, 0), (51.5, 179.9, 720), (-17.7134, 178.065, 720), (31.2304, 121.4737, 480),
        ])
    func zones(latitude: Double, longitude: Double, minutes: Int) throws {
        var file = TaggedFile()
        file.gps = [
            1: .ascii(latitude < 0 ? "S" : "N"), 2: .rationals([(Int(abs(latitude) * 1e4), 10_000)]),
            3: .ascii(longitude < 0 ? "W" : "E"), 4: .rationals([(Int(abs(longitude) * 1e4), 10_000)]),
        ]
        let tags = try file.read()
        #expect(tags.utcOffsetMinutes == minutes)
        try expect(tags.capturedAt.addingTimeInterval(Double(minutes * 60)), "2024-06-01T14:00:00Z")
    }

    @Test("an hour that the clock shows twice is winter time, and one that it skips does not fail")
    func clockChange() throws {
        var file = TaggedFile()
        file.photo[0x9003] = .ascii("2024:10:27 02:30:00")
        try expect(try file.read().capturedAt, "2024-10-27T01:30:00Z")
        file.photo[0x9003] = .ascii("2024:10:27 01:30:00")
        try expect(try file.read().capturedAt, "2024-10-26T23:30:00Z")
        file.photo[0x9003] = .ascii("2024:03:31 02:30:00")
        try expect(try file.read().capturedAt, "2024-03-31T01:30:00Z")
        file.photo[0x9003] = .ascii("2024:03:31 03:30:00")
        try expect(try file.read().capturedAt, "2024-03-31T01:30:00Z")
    }

    @Test(
        "an offset in the tags goes before the coordinates",
        arguments: [("+09:30", 570), ("-0330", -210), ("Z", 0), ("+05", 300)])
    func statedOffset(text: String, minutes: Int) throws {
        var file = TaggedFile()
        file.photo[0x9011] = .ascii(text)
        let tags = try file.read()
        #expect(tags.utcOffsetMinutes == minutes)
        try expect(tags.capturedAt.addingTimeInterval(Double(minutes * 60)), "2024-06-01T14:00:00Z")
    }

    @Test(
        "a clock that is set to another zone is read in that one, and told in the place's; a stated offset goes before")
    func setClock() throws {
        var file = TaggedFile()
        let tags = try file.read(clockZone: TimeZone(identifier: "America/New_York"))
        try expect(tags.capturedAt, "2024-06-01T18:00:00Z")
        #expect(tags.utcOffsetMinutes == 120)
        file.photo[0x9011] = .ascii("+05:00")
        try expect(try file.read(clockZone: .gmt).capturedAt, "2024-06-01T09:00:00Z")
    }

    @Test("a nonsense offset counts as none", arguments: ["", "   :  ", "+99:00", "Paris", "+1", "+12:61"])
    func nonsenseOffset(text: String) throws {
        var file = TaggedFile()
        file.photo[0x9011] = .ascii(text)
        #expect(try file.read().utcOffsetMinutes == 120)
    }

    @Test(
        "sub-seconds of the camera are kept to the microsecond",
        arguments: [("5", 0.5), ("012", 0.012), ("123456", 0.123456), ("7  ", 0.7)])
    func subSeconds(text: String, fraction: Double) throws {
        var file = TaggedFile()
        file.photo[0x9291] = .ascii(text)
        let seconds = try file.read().capturedAt.timeIntervalSince1970
        #expect(abs(seconds - (1_717_243_200 + fraction)) < 1e-6)
    }

    @Test("satellite time wins, and both are kept")
    func satelliteWins() throws {
        var file = TaggedFile()
        file.gps[0x1D] = .ascii("2024:06:01")
        file.gps[7] = .rationals([(12, 1), (0, 1), (2_250, 1_000)])
        file.photo[0x9291] = .ascii("75")
        let tags = try file.read()
        try expect(tags.capturedAt, "2024-06-01T12:00:02.250Z")
        try expect(tags.gpsTime, "2024-06-01T12:00:02.250Z")
        try expect(tags.cameraTime, "2024-06-01T12:00:00.750Z")
        #expect(tags.utcOffsetMinutes == 120)
    }

    @Test("the camera wins where only it has sub-seconds")
    func cameraWins() throws {
        var file = TaggedFile()
        file.gps[0x1D] = .ascii("2024:06:01")
        file.gps[7] = .rationals([(12, 1), (0, 1), (2, 1)])
        try expect(try file.read().capturedAt, "2024-06-01T12:00:02Z")
        file.photo[0x9291] = .ascii("75")
        try expect(try file.read().capturedAt, "2024-06-01T12:00:00.750Z")
    }

    @Test("the date of the file stands in for that of the shutter, and XMP for both")
    func otherPlaces() throws {
        var file = TaggedFile()
        file.photo = [0x9290: .ascii("5")]
        file.image[0x0132] = .ascii("2024:06:01 14:00:00")
        try expect(try file.read().capturedAt, "2024-06-01T12:00:00.500Z")
        file.image[0x0132] = nil
        file.xmp = TaggedFile.packet(["exif:DateTimeOriginal": "2024-06-01T14:00:00.25+03:00"])
        try expect(try file.read().capturedAt, "2024-06-01T11:00:00.250Z")
        file.xmp = TaggedFile.packet(["exif:GPSTimeStamp": "2024-06-01T14:00:00+02:00"])
        try expect(try file.read().gpsTime, "2024-06-01T12:00:00Z")
        file.xmp = TaggedFile.packet(["GPano:SourceImageCreateTime": "2024:06:01 14:00:00"])
        try expect(try file.read().cameraTime, "2024-06-01T12:00:00Z")
    }

    @Test(
        "dates that no calendar knows are no dates",
        arguments: [
            "0000:00:00 00:00:00", "    :  :     :  :  ", "2024:13:01 00:00:00", "2023:02:29 12:00:00",
            "2024:06:01 24:00:00", "2024:06:01", "99999:01:01 00:00:00", "2024:06:01 12:00:nan", "−24:06:01 12:00:00",
            "2024:06:01 12:00:00abc", "", "\u{1F4F7}2024:06:01 12:00:00",
        ])
    func nonsense(text: String) throws {
        var file = TaggedFile()
        file.photo[0x9003] = .ascii(text)
        let rejection = try #require(try file.rejection())
        #expect(rejection.reason == .invalidMetadata)
        #expect(rejection.details["missing_fields"] == "datetime")
    }

    @Test("a broken satellite time leaves the camera's, with a warning")
    func brokenSatelliteTime() throws {
        var file = TaggedFile()
        file.gps[0x1D] = .ascii("0000:00:00")
        file.gps[7] = .rationals([(99, 1), (0, 1), (0, 0)])
        let tags = try file.read()
        #expect(tags.gpsTime == nil)
        try expect(tags.capturedAt, "2024-06-01T12:00:00Z")
        #expect(tags.warnings.contains { $0.contains("GPS date") })
    }

    @Test("neither position nor time is told in one sentence")
    func nothing() throws {
        var file = TaggedFile()
        file.gps = [:]
        file.photo = [:]
        #expect(try file.rejection()?.details["missing_fields"] == "lat,lon,datetime")
    }
}
