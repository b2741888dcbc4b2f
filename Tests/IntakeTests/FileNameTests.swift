import Domain
import Intake
import Testing

@Suite("The name of a sent file")
struct FileNameTests {
    private func filename(_ parameters: String) throws -> String? {
        let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; \(parameters)\r\n\r\n\r\n--b--"
        return try parse(Array(body.utf8), boundary: "b").first?.headers.filename
    }

    @Test(
        "is read as browsers, curl and Python's httpx write it",
        arguments: [
            ("filename=\"a.jpg\"", "a.jpg"),
            ("filename=a.jpg", "a.jpg"),
            ("filename=\"été à Ségou.JPG\"", "été à Ségou.JPG"),
            ("filename=\"say %22hi%22; ok.jpg\"", "say \"hi\"; ok.jpg"),
            ("filename=\"say \\\"hi\\\".jpg\"", "say \"hi\".jpg"),
            ("filename=\"back\\\\slash.jpg\"", "back\\slash.jpg"),
            ("filename=\"C:\\new.jpg\"", "C:\\new.jpg"),
            ("filename=\"100%.jpg\"", "100%.jpg"),
            ("filename=\"100%41.jpg\"", "100%41.jpg"),
            ("filename=\"nul%00.jpg\"", "nul\0.jpg"),
            ("filename=\"line%0D%0A.jpg\"", "line\r\n.jpg"),
            ("filename=\"fallback.jpg\"; filename*=UTF-8''na%C3%AFve%20%2F.jpg", "naïve /.jpg"),
            ("filename*=utf-8'en'x.jpg", "x.jpg"),
            ("filename=\"kept.jpg\"; filename*=koi8-r''x.jpg", "kept.jpg"),
            ("FileName = \"x.jpg\" ; other=1", "x.jpg"),
        ])
    func decoding(parameters: String, expected: String) throws {
        #expect(try filename(parameters) == expected)
    }

    @Test("may be Latin-1, as old clients send it")
    func latin1() throws {
        var body = Array("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"".utf8)
        body += [0xE9, 0x74, 0xE9] + Array(".jpg\"\r\n\r\n\r\n--b--".utf8)
        #expect(try parse(body, boundary: "b").first?.headers.filename == "été.jpg")
    }

    @Test(
        "becomes a path within the folder",
        arguments: [
            ("a.jpg", "a.jpg"), ("DCIM/100GOPRO/a.jpg", "DCIM/100GOPRO/a.jpg"), ("./a//b/./c.jpg", "a/b/c.jpg"),
            ("DCIM\\100\\a.jpg", "DCIM/100/a.jpg"), ("e\u{301}.jpg", "\u{E9}.jpg"), ("a..b/...jpg", "a..b/...jpg"),
            ("c:a.jpg", "c:a.jpg"),
        ])
    func paths(raw: String, expected: String) throws {
        let path = try RelativePath(raw)
        #expect(Array(path.text.utf8) == Array(expected.utf8))
    }

    @Test(
        "is refused when it leads elsewhere or cannot be shown",
        arguments: [
            "../a.jpg", "a/../../b.jpg", "..\\a.jpg", "/etc/a.jpg", "\\\\server\\a.jpg", "C:\\a.jpg", "c:/a.jpg",
            "a\0.jpg", "a\n.jpg", "a\u{7F}.jpg", "a\u{85}.jpg", "", ".", "./", "a/", String(repeating: "é", count: 513),
        ])
    func refused(raw: String) throws {
        let rejection = #expect(throws: Rejection.self) { try RelativePath(raw) }
        #expect(rejection?.reason == .invalidFile)
        let shown = RelativePath.displayable(raw)
        #expect(!shown.isEmpty && shown.utf8.count <= 1024)
        #expect(!shown.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
}
