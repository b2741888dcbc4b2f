import Domain
import Foundation
import Testing

@Suite("What the tags say of camera and direction")
struct MetadataCameraTests {
    @Test("the compass goes before the course, unrounded, and a full turn is nought")
    func heading() throws {
        var file = TaggedFile()
        #expect(try file.read().heading == nil)
        file.gps[15] = .rationals([(9_025, 100)])
        #expect(try file.read().heading == 90.25)
        file.gps[17] = .rationals([(349_058_2, 10_000)])
        #expect(try file.read().heading == 349.0582)
        file.gps[17] = .rationals([(360, 1)])
        #expect(try file.read().heading == 0)
        file.gps[17] = .signedRationals([(-90, 1)])
        #expect(try file.read().heading == 270)
    }

    @Test("an impossible heading falls back to the next", arguments: [(65_535, 1), (1, 0), (0, 0)])
    func impossibleHeading(upper: Int, lower: Int) throws {
        var file = TaggedFile()
        file.gps[17] = .rationals([(upper, lower)])
        #expect(try file.read().heading == nil)
        file.xmp = TaggedFile.packet(["GPano:PoseHeadingDegrees": "123.5"])
        #expect(try file.read().heading == 123.5)
    }

    @Test("pitch and roll come from the camera's name space, else from the panorama's")
    func attitude() throws {
        var file = TaggedFile()
        file.xmp = TaggedFile.packet(["GPano:PosePitchDegrees": "-3.5", "GPano:PoseRollDegrees": "nan"])
        var tags = try file.read()
        #expect(tags.pitch == -3.5)
        #expect(tags.roll == nil)
        file.xmp = TaggedFile.packet(["GPano:PosePitchDegrees": "1e300", "GPano:PoseRollDegrees": "-1e11"])
        #expect(try file.read().pitch == nil)
        #expect(try file.read().roll == nil)
        file.xmp = TaggedFile.packet(["GPano:PosePitchDegrees": "-3.5", "Camera:Pitch": "5/2", "Camera:Roll": "-12"])
        tags = try file.read()
        #expect(tags.pitch == 2.5)
        #expect(tags.roll == -12)
    }

    @Test("make and model are cleaned, and the make is not said twice")
    func names() throws {
        var file = TaggedFile()
        file.image[0x010F] = .ascii("  GoPro\0junk")
        file.image[0x0110] = .ascii("GoPro HERO9\u{7} Black ")
        file.photo[0xA431] = .ascii("C345")
        let tags = try file.read()
        #expect(tags.make == "GoPro")
        #expect(tags.model == "HERO9  Black")
        #expect(tags.serialNumber == "C345")
    }

    @Test("bytes that are not UTF-8 are read as Latin-1")
    func latin1() throws {
        var file = TaggedFile()
        file.image[0x010F] = .raw(type: 2, count: 5, bytes: [0x43, 0x61, 0x66, 0xE9, 0])
        #expect(try file.read().make == "Café")
    }

    @Test("a GoPro's serial number is found in its telemetry")
    func goPro() throws {
        var file = TaggedFile()
        let serial = Array("CASN".utf8) + [0x63, 1, 0, 14] + Array("C3461324512345".utf8) + [0, 0]
        let device = Array("DEVC".utf8) + [0, 1, 0, UInt8(serial.count)]
        file.segments = [(0xE6, Array("GoPro\0".utf8) + device + serial)]
        #expect(try file.read().serialNumber == "C3461324512345")
        file.segments = [(0xE6, Array("GoPro\0".utf8) + device + serial.dropLast(8))]
        #expect(try file.read().serialNumber == nil)
    }

    @Test("a lying picture is displayed upright: width and height change places")
    func orientation() throws {
        var file = TaggedFile()
        file.image[0x0112] = .short(6)
        let tags = try file.read()
        #expect(tags.orientation == 6 && tags.width == 3000 && tags.height == 4000)
        file.image[0x0112] = .short(9)
        #expect(try file.read().orientation == 1)
    }

    @Test("field of view: known sensor, else film focal length, else the table's")
    func fieldOfView() throws {
        var file = TaggedFile()
        #expect(try file.read().fieldOfView == nil)
        file.photo[0xA405] = .short(18)
        #expect(abs(try #require(try file.read().fieldOfView) - 90) < 1e-9)
        file.image[0x010F] = .ascii("Canon")
        file.image[0x0110] = .ascii("Canon EOS 6D")
        file.photo[0x920A] = .rationals([(35, 1)])
        let tags = try file.read()
        #expect(tags.focalLength == 35 && tags.sensorWidth == 35.8)
        #expect(abs(try #require(tags.fieldOfView) - 54.173) < 0.001)
        file.photo[0x920A] = .rationals([(0, 1)])
        #expect(try file.read().focalLength == nil)
    }

    @Test("accuracy: measured, from dilution, from differential correction, from the make")
    func accuracy() throws {
        var file = TaggedFile()
        #expect(try file.read().horizontalAccuracy == nil)
        file.image[0x010F] = .ascii("Apple")
        #expect(try file.read().horizontalAccuracy == 5)
        file.gps[30] = .short(1)
        #expect(try file.read().horizontalAccuracy == 2)
        file.gps[11] = .rationals([(3, 2)])
        #expect(try file.read().horizontalAccuracy == 1.5)
        file.gps[30] = .short(0)
        #expect(try file.read().horizontalAccuracy == 4.5)
        file.gps[31] = .rationals([(27, 10)])
        let tags = try file.read()
        #expect(tags.horizontalAccuracy == 2.7)
        #expect(!tags.warnings.contains { $0.contains("accura") })
    }

    @Test("exactly twice as wide as high is a panorama, unless the camera is known to be flat")
    func panoramaBySize() throws {
        var file = TaggedFile()
        #expect(try file.read(width: 5376, height: 2688).type == .equirectangular)
        #expect(try file.read(width: 5376, height: 2688).fieldOfView == 360)
        #expect(try file.read(width: 5376, height: 2687).type == .flat)
        file.image[0x010F] = .ascii("GoPro")
        file.image[0x0110] = .ascii("HERO9 Black")
        #expect(try file.read(width: 5376, height: 2688).type == .flat)
        file.image[0x0110] = .ascii("GoPro Max")
        #expect(try file.read(width: 5376, height: 2688).type == .equirectangular)
        #expect(try file.read(width: 4000, height: 3000).type == .flat)
    }

    @Test("the panorama tags decide the type")
    func panoramaByTags() throws {
        var file = TaggedFile()
        file.xmp = TaggedFile.packet(["GPano:ProjectionType": "equirectangular"])
        #expect(try file.read().type == .equirectangular)
        file.xmp = TaggedFile.packet(["GPano:ProjectionType": "cylindrical"])
        #expect(try file.read(width: 2000, height: 1000).type == .flat)

        var crop = [
            "GPano:ProjectionType": "cylindrical", "GPano:FullPanoWidthPixels": "8000",
            "GPano:FullPanoHeightPixels": "4000", "GPano:CroppedAreaImageWidthPixels": "4000",
            "GPano:CroppedAreaImageHeightPixels": "1000", "GPano:CroppedAreaLeftPixels": "2000",
            "GPano:CroppedAreaTopPixels": "1500",
        ]
        file.xmp = TaggedFile.packet(crop)
        let tags = try file.read()
        #expect(tags.type == .equirectangular)
        #expect(tags.fieldOfView == 180)

        crop["GPano:CroppedAreaTopPixels"] = nil
        file.xmp = TaggedFile.packet(crop)
        let rejection = try #require(try file.rejection())
        #expect(rejection.reason == .invalidMetadata)
        #expect(rejection.message.contains("crop"))
    }

    @Test("readable tags become text; maker notes and control characters do not")
    func texts() throws {
        var file = TaggedFile()
        file.image[0x0131] = .ascii("Camera\u{1B}[31m 1.0")
        file.image[0x013B] = .ascii(String(repeating: "é", count: 2_000))
        file.photo[0x829D] = .rationals([(14, 5)])
        file.photo[0x9204] = .signedRationals([(-1, 3)])
        file.photo[0x927C] = .undefined(Array("Canon-secret".utf8))
        file.photo[0x9286] = .undefined(Array("ASCII\0\0\0a comment".utf8))
        file.image[0x9C9B] = .bytes([0x41, 0, 0xE9, 0, 0, 0])
        file.gps[2] = .rationals([(48, 1), (51, 1), (30, 1)])
        file.xmp = TaggedFile.packet(["GPano:ProjectionType": "cylindrical"])
        let exif = try file.read().exif
        #expect(exif["Exif.Image.Make"] == "Wayside")
        #expect(exif["Exif.Image.Software"] == "Camera [31m 1.0")
        #expect(exif["Exif.Image.Artist"]?.utf8.count == 1_024)
        #expect(exif["Exif.Photo.FNumber"] == "14/5")
        #expect(exif["Exif.Photo.ExposureBiasValue"] == "-1/3")
        #expect(exif["Exif.Photo.UserComment"] == "a comment")
        #expect(exif["Exif.Image.XPTitle"] == "Aé")
        #expect(exif["Exif.GPSInfo.GPSLatitude"] == "48/1 51/1 30/1")
        #expect(exif["Xmp.GPano.ProjectionType"] == "cylindrical")
        #expect(!exif.contains { $0.key.contains("MakerNote") || $0.value.contains("secret") })
    }
}
