import Domain
import Foundation
import Testing

@Suite("What a first processing comes to")
struct PictureFrameTests {
    private func frame(_ rule: FirstProcessing, _ width: Int = 4000, _ height: Int = 3000) throws -> PictureFrame {
        try #require(try rule.validated().frame(ofWidth: width, height: height, type: .flat))
    }

    private func near(_ one: Polygon.Point, _ x: Double, _ y: Double) -> Bool {
        abs(one.x - x) < 1e-6 && abs(one.y - y) < 1e-6
    }

    @Test("a crop is moved to its corner and has exactly its size")
    func crop() throws {
        let frame = try frame(FirstProcessing(crop: .pixels(x: 101, y: 51, width: 1920, height: 1081)))
        #expect((frame.width, frame.height) == (1920, 1081))
        #expect(near(frame.shown(.init(x: 101, y: 51)), 0, 0))
        #expect(near(frame.shown(.init(x: 2021, y: 1132)), 1920, 1081))
        let parts = try self.frame(FirstProcessing(crop: .fractions(x: 0.25, y: 0.1, width: 0.5, height: 0.9)))
        #expect((parts.x, parts.y, parts.width, parts.height) == (1000, 300, 2000, 2700))
    }

    @Test("a quarter turn goes clockwise", arguments: [(1, 3000.0, 0.0), (2, 4000.0, 3000.0), (3, 0.0, 4000.0)])
    func turns(_ turns: Int, _ x: Double, _ y: Double) throws {
        let frame = try frame(FirstProcessing(quarterTurns: turns))
        #expect((frame.width, frame.height) == (turns == 2 ? (4000, 3000) : (3000, 4000)))
        // Where what was in the upper left corner is now.
        #expect(near(frame.shown(.init(x: 0, y: 0)), x, y))
        #expect(near(frame.shown.inverse(frame.shown(.init(x: 17, y: 2500))), 17, 2500))
    }

    @Test(
        "what is straightened has no empty corner, the same middle and the same shape", arguments: [-45.0, -3, 0.5, 30])
    func angle(_ angle: Double) throws {
        let frame = try frame(FirstProcessing(angle: angle))
        #expect(frame.width < 4000 && abs(Double(frame.width) / Double(frame.height) - 4.0 / 3) < 0.01)
        for corner in [(0, 0), (frame.width, 0), (0, frame.height), (frame.width, frame.height)] {
            let point = frame.shown.inverse(.init(x: Double(corner.0), y: Double(corner.1)))
            #expect(point.x > -1e-6 && point.y > -1e-6 && point.x < 4000 + 1e-6 && point.y < 3000 + 1e-6)
        }
        let middle = frame.shown(.init(x: 2000, y: 1500))
        #expect(near(middle, Double(frame.width) / 2, Double(frame.height) / 2))
        // Clockwise: what was to the right of the middle goes down.
        #expect((frame.shown(.init(x: 2500, y: 1500)).y > middle.y) == (angle > 0))
    }

    @Test("size, field of view and sensor follow; where and when stay")
    func tags() throws {
        let whole = PictureTags(
            position: .init(longitude: 2, latitude: 48), capturedAt: .init(timeIntervalSince1970: 9), heading: 12,
            roll: 3, fieldOfView: 90, sensorWidth: 6, orientation: 6, width: 4000, height: 3000)
        let middle = try frame(FirstProcessing(crop: .pixels(x: 1000, y: 750, width: 2000, height: 1500)))
        let tags = middle.tags(of: whole)
        #expect((tags.width, tags.height, tags.orientation) == (2000, 1500, 1))
        #expect(abs((tags.fieldOfView ?? 0) - 53.130102) < 1e-5)
        #expect(tags.sensorWidth == 3 && tags.roll == 3)
        #expect((tags.position, tags.capturedAt, tags.heading) == (whole.position, whole.capturedAt, 12))
        let right = try frame(FirstProcessing(crop: .pixels(x: 2000, y: 0, width: 2000, height: 3000)))
        #expect(abs((right.tags(of: whole).fieldOfView ?? 0) - 45) < 1e-5)
        let small = try frame(FirstProcessing(size: Rendition(text: "640x480")))
        #expect(abs((small.tags(of: whole).fieldOfView ?? 0) - 90) < 1e-5)
        #expect((small.width, small.height) == (640, 480))
        #expect(try frame(FirstProcessing(quarterTurns: 1)).tags(of: whole).roll == nil)
    }

    @Test("what does not fit, and a panorama that is cut, are refused with a reason")
    func refused() throws {
        let reason = { (rule: FirstProcessing, type: PictureType) -> String? in
            do {
                _ = try rule.validated().frame(ofWidth: 4000, height: 2000, type: type)
                return nil
            } catch {
                return (error as? Failure)?.details["reason"]
            }
        }
        #expect(reason(.init(crop: .pixels(x: 3000, y: 0, width: 1001, height: 100)), .flat) == "crop_outside")
        #expect(reason(.init(crop: .pixels(x: 0, y: 0, width: 15, height: 100)), .flat) == "crop")
        #expect(reason(.init(crop: .fractions(x: 0.6, y: 0, width: 0.5, height: 1)), .flat) == "crop")
        #expect(reason(.init(angle: 46), .flat) == "angle")
        #expect(reason(.init(quarterTurns: 4), .flat) == "rotation")
        for rule in [
            FirstProcessing(crop: .fractions(x: 0, y: 0, width: 1, height: 0.5)), .init(angle: 1),
            .init(quarterTurns: 2),
        ] {
            #expect(reason(rule, .equirectangular) == "panorama")
        }
        #expect(reason(.init(size: try Rendition(text: "2000x2000")), .equirectangular) == nil)
        #expect(reason(.init(legend: Legend(fields: [], text: "")), .flat) == "legend")
        #expect(reason(.init(logo: LogoPlace(width: 0.6)), .flat) == "logo")
    }

    @Test("each setting is read as it is written, and what is none is refused")
    func settings() throws {
        var rule = FirstProcessing()
        let texts: [(ProcessingSetting, String)] = [
            (.crop, "101,51,1920,1080"), (.rotation, "270"), (.straighten, "-2.5"), (.fit, "1280x720"),
            (.legend, "label,place"), (.legendText, "Gare du Nord"), (.legendCorner, "top-right"),
            (.legendFiles, "sd,hotlink"), (.logoFiles, "hd"), (.logoCorner, "top-left"), (.logoWidth, "0.2"),
        ]
        for (setting, text) in texts { try setting.set(text, in: &rule) }
        for (setting, text) in texts { #expect(setting.text(of: rule) == text) }
        let stored = try JSONDecoder().decode(FirstProcessing.self, from: JSONEncoder().encode(rule))
        #expect(try stored.validated() == rule)
        for (setting, text) in [
            (ProcessingSetting.crop, "1,2,3"), (.crop, "a,b,c,d"), (.rotation, "45"), (.straighten, "nan"),
            (.fit, "big"), (.legend, "label,colour"), (.legendCorner, "middle"), (.logoWidth, "wide"),
        ] {
            #expect(throws: Failure.self, "\(setting) \(text)") { try setting.set(text, in: &rule) }
        }
        for setting in [ProcessingSetting.crop, .fit, .logoFiles] { try setting.set("none", in: &rule) }
        #expect(rule.crop == nil && rule.size == nil && rule.logo == nil)
    }

    @Test("a legend says where and when, as a clock there showed")
    func legend() {
        let tags = PictureTags(
            position: .init(longitude: -1.5, latitude: 48.123456),
            capturedAt: .init(timeIntervalSince1970: 1_717_236_000),
            utcOffsetMinutes: 120, width: 1, height: 1)
        #expect(
            Legend(text: "Été").line(label: "CAM 7", tags: tags)
                == "Été · CAM 7 · 2024-06-01 12:00:00 · 48.12346° N, 1.50000° W")
    }
}
