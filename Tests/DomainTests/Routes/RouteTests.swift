import Domain
import Foundation
import Testing

@Suite("What a route says")
struct RouteTests {
    private let picture = NamedPicture(
        id: PictureID(stored: "0b0f7f0e-0000-4000-8000-000000000001"), label: "car 7",
        capturedAt: Date(timeIntervalSince1970: 1_780_349_405), utcOffset: 120, originalName: "../G 001(2).JPG")

    @Test(
        "a name is what the pattern says, in the time of the place, and never leads elsewhere",
        arguments: [
            ("{label}/{date}/{time}_{id}", "car 7/2026-06-01/233005_0b0f7f0e-0000-4000-8000-000000000001.jpg"),
            ("{year}/{month}/{day}/{hour}/{name}_{kind}", "2026/06/01/23/_._G 001_2__sd.jpg"),
            ("{name}", "_._G 001_2_.jpg"), ("latest", "latest.jpg"),
        ])
    func names(rule: (String, String)) throws {
        let name = try NamePattern(rule.0).name(picture, .sd, ending: "jpg")
        #expect(name == rule.1)
    }

    @Test(
        "a pattern that cannot be one is refused",
        arguments: [
            "", "{label", "a}b", "{colour}/a", "/a", "a//b", "../{id}", "a/.hidden", "a\\b", "a\u{7}b", "c:/{id}",
        ])
    func refusedPatterns(text: String) {
        #expect(throws: Failure.self) { try NamePattern(text) }
    }

    @Test("several pictures of one need their kinds in their names")
    func kinds() throws {
        let label = CameraLabelID()
        func route(_ contents: [RouteContent], _ pattern: String) throws -> Route {
            try Route(
                name: "a", labels: [label], contents: contents,
                destinations: [RouteDestination(configuration: .directory(DirectoryPlace(path: "/a")))],
                pattern: try NamePattern(pattern)
            ).validated()
        }
        #expect(throws: Failure.self) { try route([.hd, .sd], "{id}") }
        #expect(try route([.hd, .sd], "{id}_{kind}").contents.count == 2)
        #expect(try route([.hd, .item, .raw], "{id}").contents.count == 3)
        #expect(NamePattern.usual(for: [.hd, .item]).text == "{label}/{date}/{time}_{id}")
        #expect(NamePattern.usual(for: [.hd, .thumb]).text == "{label}/{date}/{time}_{id}_{kind}")
    }

    @Test(
        "a window holds what lies in it, over midnight too",
        arguments: [
            ("22:00", "06:00", "UTC", "23:30", true), ("22:00", "06:00", "UTC", "05:59", true),
            ("22:00", "06:00", "UTC", "06:00", false), ("22:00", "06:00", "UTC", "12:00", false),
            ("08:00", "18:00", "Europe/Paris", "06:00", true), ("08:00", "18:00", "Europe/Paris", "16:00", false),
        ])
    func windows(from: String, to: String, zone: String, time: String, isIn: Bool) throws {
        let window = try DeliveryWindow(from: from, to: to, zone: zone)
        let moment = try #require(ISO8601DateFormatter().date(from: "2026-06-01T\(time):00Z"))
        #expect(window.contains(moment) == isIn)
    }

    @Test(
        "a window that is none is refused",
        arguments: [("22:00", "22:00", "UTC"), ("24:00", "06:00", "UTC"), ("a", "b", "UTC"), ("1:00", "2:00", "Mars")])
    func refusedWindows(rule: (String, String, String)) {
        #expect(throws: Failure.self) { try DeliveryWindow(from: rule.0, to: rule.1, zone: rule.2) }
    }

    @Test(
        "what is sent is a word, or a size", arguments: ["original", "raw", "hd", "sd", "thumb", "item", "1920x1280"])
    func words(word: String) {
        #expect(RouteContent(word: word)?.word == word)
    }

    @Test(
        "what is neither is refused", arguments: ["", "HD", "1920", "1920x", "0x0", "99999x10", "1920x1280x3", "-5x20"])
    func refusedWords(word: String) {
        #expect(RouteContent(word: word) == nil)
    }

    @Test("places survive being written down, and no secret is in what is")
    func coding() throws {
        for place: DestinationConfiguration in [
            .directory(DirectoryPlace(path: "/mnt/a")),
            .bucket(BucketPlace(endpoint: "https://s3", bucket: "b", prefix: "p", accessKey: "k")),
            .rclone(RclonePlace(backend: "sftp", options: ["host": "h"], path: "in")),
            .http(HTTPPlace(url: "https://h/in", header: "X-Token")),
        ] {
            let bytes = try JSONEncoder().encode(place)
            #expect(try JSONDecoder().decode(DestinationConfiguration.self, from: bytes) == place)
            #expect(String(decoding: bytes, as: UTF8.self).contains("\"kind\":\"\(place.kind.rawValue)\""))
        }
    }

    @Test("places that lead to the server itself, run programs or lack their secrets are refused")
    func refusedPlaces() {
        let refused: [RouteDestination] = [
            RouteDestination(configuration: .directory(DirectoryPlace(path: "relative"))),
            RouteDestination(configuration: .directory(DirectoryPlace(path: "/a/../b"))),
            RouteDestination(configuration: .directory(DirectoryPlace(path: "/"))),
            RouteDestination(configuration: .directory(DirectoryPlace(path: "/a")), secrets: ["token": "t"]),
            RouteDestination(
                configuration: .bucket(BucketPlace(endpoint: "https://s3", bucket: "b", accessKey: "k"))),
            RouteDestination(configuration: .rclone(RclonePlace(backend: "local", path: "/etc"))),
            RouteDestination(configuration: .rclone(RclonePlace(backend: "sftp", options: ["ssh": "sh -c id"]))),
            RouteDestination(
                configuration: .rclone(RclonePlace(backend: "webdav", options: ["bearer_token_command": "id"]))),
            RouteDestination(configuration: .rclone(RclonePlace(backend: "sftp", options: ["host": "a\n[b]"]))),
            RouteDestination(configuration: .rclone(RclonePlace(backend: "sftp]\n"))),
            RouteDestination(configuration: .http(HTTPPlace(url: "ftp://a"))),
            RouteDestination(configuration: .http(HTTPPlace(url: "https://me:secret@a/in"))),
            RouteDestination(configuration: .http(HTTPPlace(url: "https://a/in", header: "a: b"))),
        ]
        for destination in refused {
            let route = Route(
                name: "a", labels: [CameraLabelID()], contents: [.hd], destinations: [destination])
            #expect(throws: Failure.self, "\(destination.configuration)") { try route.validated() }
        }
    }
}
