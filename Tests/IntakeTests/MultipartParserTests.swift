import Domain
import Intake
import NIOCore
import Testing

/// One part as a parser told of it.
struct ParsedPart: Hashable {
    let headers: PartHeaders
    var bytes: [UInt8] = []
}

/// Feeds `body` cut at `cuts`; checks that events come in a legal order.
func parse(_ body: [UInt8], boundary: String, cuts: [Int] = []) throws -> [ParsedPart] {
    var parser = try MultipartParser(boundary: boundary)
    var parts: [ParsedPart] = []
    var open: ParsedPart?
    var isFinished = false
    var start = 0
    for end in cuts + [body.count] {
        parser.append(ByteBuffer(bytes: body[start..<end]))
        start = end
        while let event = try parser.next() {
            #expect(!isFinished)
            switch event {
            case .partBegan(let headers):
                #expect(open == nil)
                open = ParsedPart(headers: headers)
            case .data(let data):
                #expect(data.readableBytes > 0)
                open?.bytes += data.readableBytesView
            case .partEnded:
                parts.append(try #require(open))
                open = nil
            case .finished:
                isFinished = true
            }
        }
    }
    try parser.end()
    #expect(isFinished)
    return parts
}

@Suite("The multipart parser")
struct MultipartParserTests {
    private let body = Array(
        """
        ignored\r
        --b0unda-ry\r
        Content-Disposition: form-data; name="isBlurred"\r
        \r
        true\r
        --b0unda-ry \t\r
        content-disposition: form-data; name="file"; filename="100GOPRO/G0 1.JPG"\r
        Content-Type: image/jpeg\r
        \r
        \r
        --b0unda-r\r\r
        --\r
        --b0unda-ry\r
        Content-Disposition: form-data; name="empty"\r
        \r
        \r
        --b0unda-ry--\r
        epilogue --b0unda-ry
        """.utf8)

    private let expected = [
        ParsedPart(headers: PartHeaders(name: "isBlurred"), bytes: Array("true".utf8)),
        ParsedPart(
            headers: PartHeaders(name: "file", filename: "100GOPRO/G0 1.JPG"),
            bytes: Array("\r\n--b0unda-r\r\r\n--".utf8)),
        ParsedPart(headers: PartHeaders(name: "empty")),
    ]

    @Test("reads the same wherever the body is cut")
    func everyCut() throws {
        #expect(try parse(body, boundary: "b0unda-ry") == expected)
        for cut in 0...body.count {
            #expect(try parse(body, boundary: "b0unda-ry", cuts: [cut]) == expected, "cut at \(cut)")
        }
        #expect(try parse(body, boundary: "b0unda-ry", cuts: Array(0...body.count)) == expected)
    }

    @Test("reads random bodies cut at random", arguments: 0..<40 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let boundary = "x\(seed)y"
        // Few letters, so that almost-delimiters are frequent.
        let letters = Array("\r\n-x\(seed)yz".utf8)
        let delimiter = "\r\n--\(boundary)"
        var parts: [ParsedPart] = []
        var body: [UInt8] = []
        for index in 0..<Int.random(in: 1...5, using: &random) {
            let length = Int.random(in: 0...3000, using: &random)
            var bytes = (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] }
            while let found = bytes.firstRange(of: Array(delimiter.utf8)) { bytes.removeSubrange(found) }
            parts.append(ParsedPart(headers: PartHeaders(name: "p\(index)"), bytes: bytes))
            body += Array("\(index == 0 ? "" : "\r\n")--\(boundary)\r\n".utf8)
            body += Array("Content-Disposition: form-data; name=\"p\(index)\"\r\n\r\n".utf8) + bytes
        }
        body += Array("\(delimiter)--".utf8)
        for _ in 0..<30 {
            let cuts = (0..<Int.random(in: 0...60, using: &random))
                .map { _ in Int.random(in: 0...body.count, using: &random) }.sorted()
            #expect(try parse(body, boundary: boundary, cuts: cuts) == parts)
        }
        // Cut short anywhere, it is never taken for a whole one.
        for _ in 0..<30 {
            let end = Int.random(in: 0..<body.count, using: &random)
            #expect(throws: Failure.self) { try parse(Array(body[..<end]), boundary: boundary) }
        }
    }

    @Test("survives any bytes at all", arguments: 0..<40 as Range<UInt64>)
    func noise(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<40 {
            var mutated = body
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
                case 1: mutated.remove(at: place)
                default: mutated.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            let whole = try? parse(mutated, boundary: "b0unda-ry")
            let cuts = (0..<20).map { _ in Int.random(in: 0...mutated.count, using: &random) }.sorted()
            let pieces = try? parse(mutated, boundary: "b0unda-ry", cuts: cuts)
            #expect(whole == pieces)
        }
    }

    @Test(
        "refuses what is malformed",
        arguments: [
            "", "no boundary at all", "--b", "--bx\r\n\r\n\r\n--b--", "--b\n\n--b--",
            "--b\r\nname: x\r\n--b--", "--b\r\n\r\nno headers\r\n--b--",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: attachment; name=\"x\"\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"x\"\nA: b\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n folded\r\n\r\nx\r\n--b--",
            "--b\r\nnot a header\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nx\n--b--",
            "--b\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nx\r\n--b--",
        ])
    func malformed(body: String) {
        #expect(throws: Failure.self) { try parse(Array(body.utf8), boundary: "b") }
    }

    @Test("stops at endless headers, preambles and parts")
    func limits() {
        let header =
            "--b\r\nContent-Disposition: form-data; name=\"\(String(repeating: "x", count: 20_000))\"\r\n\r\n\r\n--b--"
        #expect(throws: Failure.self) { try parse(Array(header.utf8), boundary: "b") }
        let open = "--b\r\nX: " + String(repeating: "x", count: 20_000)
        #expect(throws: Failure.self) { try parse(Array(open.utf8), boundary: "b") }
        let preamble = String(repeating: "x", count: 5000) + "\r\n--b--"
        #expect(throws: Failure.self) { try parse(Array(preamble.utf8), boundary: "b") }
        let part = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n"
        let parts = String(repeating: part, count: 101) + "--b--"
        #expect(throws: Failure.self) { try parse(Array(parts.utf8), boundary: "b") }
    }

    @Test("takes its boundary from the content type")
    func boundaries() {
        #expect(MultipartParser.boundary(contentType: "multipart/form-data; boundary=abc") == "abc")
        #expect(MultipartParser.boundary(contentType: "Multipart/Form-Data; charset=x; Boundary=\"a b;c\"") == "a b;c")
        #expect(MultipartParser.boundary(contentType: "multipart/mixed; boundary=abc") == nil)
        #expect(MultipartParser.boundary(contentType: "multipart/form-data") == nil)
        for bad in ["", String(repeating: "x", count: 71), "a\r\nb", "é", "a "] {
            #expect(throws: Failure.self) { _ = try MultipartParser(boundary: bad) }
        }
    }
}
