import Darkroom
import DarkroomProtocol
import Domain
import Foundation
import TestSupport
import Testing

@Suite("What a label's policy does to a picture")
struct MaskTests {
    private struct Treated {
        let redactions: [Redaction]
        private let files: [Derivative.Kind: Data]

        init(_ file: Data, _ policy: RedactionPolicy) throws {
            let folder = try TemporaryFolder()
            let source = folder.file("source")
            try file.write(to: URL(filePath: source))
            let outcome = try Scenery.treatment().outcome(
                of: TreatmentRequest(
                    id: 1, work: .develop, source: source, outputFolder: folder.path, policy: policy,
                    maximumPixels: 150_000_000))
            guard case .developed(let development) = outcome else {
                throw Failure(.internalError, "not developed: \(outcome)")
            }
            redactions = development.redactions
            files = try Dictionary(
                uniqueKeysWithValues: development.files.map {
                    ($0.derivative.kind, try Data(contentsOf: URL(filePath: folder.file($0.name))))
                })
        }

        func picture(_ kind: Derivative.Kind) throws -> PlanarPicture {
            try PlanarPicture(decoding: try #require(files[kind]))
        }
    }

    /// Fine detail everywhere, so that what is hidden is seen to be.
    private func detailed(_ size: PixelSize, orientation: Int = 1) throws -> Data {
        try Scenery.jpeg(size, orientation: orientation, quality: 95) { x, y in
            let level = UInt8(((x / 4 * 37) ^ (y / 4 * 91)) & 127) + 64
            return (level, 255 - level, level / 2)
        }
    }

    /// A rectangle of the picture as displayed, in its pixels.
    private func area(_ bounds: Polygon.Bounds, of size: PixelSize, inset: Double = 0) -> PixelRectangle {
        let (width, height) = (Double(size.width), Double(size.height))
        let left = Int(bounds.left * width + inset), top = Int(bounds.top * height + inset)
        return PixelRectangle(
            x: left, y: top, width: Int(bounds.right * width - inset) - left,
            height: Int(bounds.bottom * height - inset) - top)
    }

    /// How much of an area differs from its neighbour, 0–1.
    private func detail(_ picture: borrowing PlanarPicture, _ area: PixelRectangle) -> Double {
        Double(picture.edges(in: area)) / Double(area.width * area.height)
    }

    private let mask = Polygon(x: 0.25, y: 0.5, width: 0.25, height: 0.25)

    @Test(
        "a mask hides the same part of the scene in every file, however the camera was held, with preset none",
        arguments: 1...8)
    func everyFile(value: Int) throws {
        let orientation = Orientation(value), displayed = PixelSize(width: 1280, height: 960)
        let file = try detailed(orientation.turned(displayed), orientation: value)
        let treated = try Treated(file, RedactionPolicy(preset: .none, masks: [mask]))
        #expect(treated.redactions.map(\.subject) == [.mask])
        let redaction = try #require(treated.redactions.first)
        let place = PixelRectangle(x: redaction.x, y: redaction.y, width: redaction.width, height: redaction.height)
        #expect(place == PixelRectangle(x: 320, y: 480, width: 320, height: 240))
        #expect(redaction.model == "mask" && redaction.score == 1)
        let plain = try Treated(file, RedactionPolicy(preset: .none))
        #expect(plain.redactions.isEmpty)
        for kind in [Derivative.Kind.hd, .sd, .thumb] {
            var hidden = try treated.picture(kind), open = try plain.picture(kind)
            if kind == .hd {
                hidden = try hidden.upright(orientation)
                open = try open.upright(orientation)
            }
            #expect(hidden.size == displayed || kind == .thumb, "\(kind)")
            let inside = area(mask.bounds, of: hidden.size, inset: 4)
            #expect(detail(open, inside) > 0.1, "\(kind)")
            // Small files have a larger part of the edges between cells.
            #expect(detail(hidden, inside) * 3 < detail(open, inside), "\(kind)")
            let above = PixelRectangle(x: inside.x, y: 0, width: inside.width, height: inside.y - 20)
            #expect(detail(hidden, above) == detail(open, above), "\(kind)")
        }
    }

    @Test("an outline is hidden as it was drawn, not the rectangle around it")
    func outline() throws {
        let size = PixelSize(width: 640, height: 640)
        let triangle = try Polygon(text: "0.1,0.1 0.9,0.1 0.1,0.9")
        let hd = try Treated(try detailed(size), RedactionPolicy(preset: .none, masks: [triangle])).picture(.hd)
        #expect(detail(hd, PixelRectangle(x: 70, y: 70, width: 200, height: 200)) < 0.02)
        #expect(detail(hd, PixelRectangle(x: 400, y: 400, width: 170, height: 170)) > 0.1)
    }

    @Test("a mask on a panorama hides its part of each tile it lies on, and no other")
    func panorama() throws {
        var jpeg = TestJPEG()
        jpeg.width = 2048
        jpeg.height = 1024
        jpeg.xmp = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" \
            GPano:ProjectionType="equirectangular"/></rdf:RDF></x:xmpmeta>
            """
        let masks = [
            Polygon(x: 0.2, y: 0.45, width: 0.1, height: 0.1), Polygon(x: 0.9, y: 0.8, width: 0.1, height: 0.2),
        ]
        let treated = try Treated(jpeg.data(), RedactionPolicy(preset: .none, masks: masks))
        #expect(treated.redactions.count == 2)
        let size = PixelSize(width: 2048, height: 1024)
        for mask in masks {
            let hidden = area(mask.bounds, of: size)
            for column in 0..<4 {
                for row in 0..<2 {
                    let part = PixelRectangle(
                        x: hidden.x - column * 512, y: hidden.y - row * 512, width: hidden.width,
                        height: hidden.height
                    ).clipped(to: PixelSize(width: 512, height: 512))
                    guard !part.isEmpty else { continue }
                    let tile = try treated.picture(.tile(column: column, row: row))
                    #expect(detail(tile, part) < 0.03, "tile \(column), \(row)")
                }
            }
        }
        let left = try treated.picture(.tile(column: 0, row: 1)), other = try treated.picture(.tile(column: 2, row: 0))
        #expect(detail(left, PixelRectangle(x: 0, y: 320, width: 90, height: 180)) > 0.05)
        #expect(detail(other, other.size.whole) > 0.05)
        let sd = try treated.picture(.sd)
        for mask in masks { #expect(detail(sd, area(mask.bounds, of: sd.size)) < 0.03) }
    }

    /// The portrait on a quiet street; where its eyes, nose and mouth are.
    private static let face = PixelRectangle(x: 300 + 185, y: 400 + 80, width: 75, height: 95)
    private static let size = PixelSize(width: 1200, height: 1000)

    private func street() throws -> Data {
        let portrait = try Scenery.Portrait()
        return try Scenery.jpeg(Self.size) { x, y in
            (0..<512).contains(x - 300) && (0..<512).contains(y - 400)
                ? portrait.colour(x - 300, y - 400) : Scenery.street(x, y, height: Self.size.height)
        }
    }

    /// The one that hides the whole face.
    private func hiding(_ redactions: [Redaction]) -> Redaction? {
        let face = Self.face
        return redactions.first {
            $0.subject == .face && $0.x <= face.x && face.right <= $0.x + $0.width && $0.y <= face.y
                && face.bottom <= $0.y + $0.height
        }
    }

    @Test("what a band's border cuts is hidden whole, what lies beyond it is left alone")
    func bands() throws {
        let file = try street(), height = Double(Self.size.height)
        let middle = Double(Self.face.y + Self.face.height / 2) / height
        func found(_ rows: SearchedRows) throws -> [Redaction] {
            try Treated(file, RedactionPolicy(preset: .fast, subjects: ["face"], rows: rows)).redactions
        }
        let everywhere = try #require(hiding(try found(SearchedRows())))
        #expect(hiding(try found(SearchedRows(skyUntil: middle))) != nil)
        #expect(hiding(try found(SearchedRows(bonnetFrom: middle))) != nil)
        let below = Double(everywhere.y + everywhere.height) / height
        #expect(hiding(try found(SearchedRows(skyUntil: below + 0.01))) == nil)
        let above = Double(everywhere.y) / height
        #expect(hiding(try found(SearchedRows(bonnetFrom: above - 0.01))) == nil)
    }

    @Test("only what reaches the policy's score is hidden, and only what the policy names")
    func scores() throws {
        let file = try street()
        let policy = RedactionPolicy(preset: .fast, subjects: ["face"])
        let usual = try #require(hiding(try Treated(file, policy).redactions))
        #expect(usual.score > 0.31)
        var stricter = policy
        stricter.face.threshold = usual.score + 0.001
        #expect(hiding(try Treated(file, stricter).redactions) == nil)
        stricter.face.threshold = usual.score - 0.001
        #expect(hiding(try Treated(file, stricter).redactions) != nil)
        var wider = policy
        wider.face.margin = 1
        let wide = try #require(hiding(try Treated(file, wider).redactions))
        #expect(wide.width > usual.width * 3 / 2)
        let plates = try Treated(file, RedactionPolicy(preset: .fast, subjects: ["plate", "person"])).redactions
        #expect(!plates.contains { $0.subject == .face })
    }

    @Test("a face that a mask cuts is still found, and hidden whole")
    func cutFace() throws {
        let face = Self.face, (width, height) = (Double(Self.size.width), Double(Self.size.height))
        let half = Polygon(
            x: Double(face.x - 40) / width, y: Double(face.y - 40) / height,
            width: Double(face.width / 2 + 40) / width, height: Double(face.height + 80) / height)
        let treated = try Treated(try street(), RedactionPolicy(preset: .fast, masks: [half]))
        #expect(treated.redactions.contains { $0.subject == .mask })
        #expect(hiding(treated.redactions) != nil)
        #expect(detail(try treated.picture(.hd), face) < 0.05)
    }
}
