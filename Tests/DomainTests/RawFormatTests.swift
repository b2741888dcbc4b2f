import Domain
import Testing

@Suite("Names of raw files")
struct RawFormatTests {
    @Test("the ending tells the kind, whatever its case")
    func kinds() {
        #expect(RawFormat(name: "DCIM/A1.NEF") == .nef && RawFormat(name: "a.b.dng") == .dng)
        for name in ["A1.JPG", "nef", ".nef", "A1.", "A1.nef.jpg"] { #expect(RawFormat(name: name) == nil) }
    }

    @Test("a JPEG and a raw file of one name in one folder are a pair, and nothing else is")
    func pairs() {
        #expect(RawFormat.isPair("100/A1.JPG", "100/A1.nef") && RawFormat.isPair("A1.dng", "A1.jpeg"))
        for (one, other) in [
            ("100/A1.JPG", "101/A1.NEF"), ("A1.JPG", "A1.JPEG"), ("A1.NEF", "A1.DNG"), ("A1.JPG", "a1.NEF"),
            ("A1.JPG", "A1.b.NEF"), (".JPG", ".NEF"), ("100/.JPG", "100/.NEF"), ("A1", "A1.NEF"),
        ] { #expect(!RawFormat.isPair(one, other), "\(one) \(other)") }
    }
}
