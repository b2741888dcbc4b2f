import Domain
import Foundation
import Testing

@Suite("The size of a rendition")
struct RenditionSizeTests {
    @Test(
        "a copy keeps its picture's shape, fits, and is never larger than the picture",
        arguments: [
            ("1920x1280", 4000, 3000, 1707, 1280), ("1920x1280", 6000, 2000, 1920, 640),
            ("1920x1280", 3000, 4000, 960, 1280), ("640x480", 5760, 2880, 640, 320), ("640x480", 320, 240, 320, 240),
            ("640x480", 641, 10, 640, 10), ("16x16", 60_000, 1, 16, 1), ("1280x720", 1280, 720, 1280, 720),
            ("1280x720", 100, 1440, 50, 720),
        ])
    func size(_ text: String, _ width: Int, _ height: Int, _ across: Int, _ down: Int) throws {
        let size = try Rendition(text: text).size(ofWidth: width, height: height)
        #expect(size == (across, down))
    }

    @Test(
        "text that is no size is refused",
        arguments: [
            "", "x", "1920", "1920x", "x1280", "1920X1280", "1920x1280x1", "0x480", "-640x480", "15x480", "640x70000",
            "99999999999999999999x1", "640 x480", "６４０x480",
        ])
    func refused(_ text: String) {
        #expect { try Rendition(text: text) } throws: { ($0 as? Failure)?.code == .unprocessable }
    }

    @Test("it is written as it is read")
    func text() throws {
        let rendition = try Rendition(text: "1920x1280")
        #expect(rendition.text == "1920x1280")
        #expect(try JSONDecoder().decode(Rendition.self, from: JSONEncoder().encode(rendition)) == rendition)
        #expect(throws: Failure.self) {
            try JSONDecoder().decode(Rendition.self, from: Data(#"{"width":0,"height":1}"#.utf8))
        }
    }
}
