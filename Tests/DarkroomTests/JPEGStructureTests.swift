import Darkroom
import Domain
import Foundation
import TestSupport
import Testing

@Suite("The structure of a JPEG")
struct JPEGStructureTests {
    private static let limit = 150_000_000

    private func rejection(of file: Data) -> Rejection? {
        do {
            _ = try JPEGStructure(of: file, maximumPixels: Self.limit)
            return nil
        } catch {
            return error
        }
    }

    @Test("a picture is read with its stored size")
    func size() throws {
        let structure = try JPEGStructure(of: TestJPEG().data(), maximumPixels: Self.limit)
        #expect(structure.size == PixelSize(width: 320, height: 240))
    }

    @Test("a text file, an empty file and a cut file are refused with a reason")
    func broken() {
        #expect(rejection(of: Data("hello, this is text".utf8))?.message == "The file is not a JPEG picture.")
        #expect(rejection(of: Data())?.message == "The file is empty.")
        let file = TestJPEG().data()
        for length in [3, 20, file.count / 2, file.count - 2] {
            #expect(rejection(of: file.prefix(length))?.reason == .invalidFile, "cut to \(length) bytes")
        }
    }

    @Test("a header that announces more pixels than are taken is refused before anything is decoded")
    func tooLarge() {
        var jpeg = TestJPEG()
        jpeg.announcedWidth = 20_000
        jpeg.announcedHeight = 20_000
        let message = rejection(of: jpeg.data())?.message
        #expect(message == "The picture announces 400 megapixels; at most 150 are taken.")
    }

    @Test("a few bytes that announce a large picture are refused before anything is decoded")
    func bomb() throws {
        for marker: UInt8 in [0xC0, 0xC2] {
            var jpeg = TestJPEG()
            (jpeg.announcedWidth, jpeg.announcedHeight) = (12_200, 12_200)
            var file = jpeg.data()
            let frame = try #require(file.range(of: Data([0xFF, 0xC0])))
            file[frame.lowerBound + 1] = marker
            #expect(rejection(of: file)?.message.contains("cut short") == true)
        }
    }

    @Test("what is assembled holds no preview, no comment, nothing behind the end, and decodes to the same pixels")
    func assembled() throws {
        let secret = Data("SECRET-PREVIEW".utf8)
        var source = TestJPEG().data()
        let segments: [(UInt8, Data)] = [
            (0xE1, Data("Exif\0\0".utf8) + secret), (0xE2, Data("MPF\0".utf8) + secret), (0xE5, secret), (0xFE, secret),
            (0xE0, Data("JFIF\0".utf8) + Data([1, 2, 0, 0, 1, 0, 1, 2, 2]) + secret),
        ]
        for (marker, payload) in segments {
            let length = payload.count + 2
            source.insert(contentsOf: [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + Array(payload), at: 2)
        }
        source.append(secret)
        let structure = try JPEGStructure(of: source, maximumPixels: Self.limit)
        var assembler = JPEGAssembler(exif: Data("Exif\0\0plain".utf8))
        assembler.takeCoding(from: source, structure)
        let result = assembler.assemble(source, structure)

        #expect(result.range(of: secret) == nil)
        #expect(result.suffix(2) == Data([0xFF, 0xD9]))
        #expect(try JPEGStructure(of: result, maximumPixels: Self.limit).applications.map(\.number) == [0, 1])
        let before = try PlanarPicture(decoding: source), after = try PlanarPicture(decoding: result)
        #expect(before.differences(from: after) == 0)
    }

    @Test("a picture whose data ends early is refused even when an end marker was put behind it")
    func missingData() throws {
        let file = try Scenery.jpeg(PixelSize(width: 640, height: 480)) { x, y in (UInt8(x & 255), UInt8(y & 255), 90) }
        let cut = file.prefix(file.count / 2) + Data([0xFF, 0xD9])
        #expect(throws: Rejection.self) { _ = try PlanarPicture(decoding: cut).size }
    }
}
