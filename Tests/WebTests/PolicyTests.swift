import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// The redaction policy of a camera label over the API and on its page.
@Suite("Redaction policies")
struct PolicyTests {
    private let server: TestServer
    private let label: CameraLabel
    private let admin: Account

    init() async throws {
        server = try await TestServer()
        label = try await server.test.addLabel("CAM")
        admin = try await server.test.addAccount("boss", .admin)
    }

    private func policy() async throws -> RedactionPolicy {
        try #require(await server.test.catalogue.labels.find(label.id, viewer: .system)).redaction
    }

    private func patch(_ json: String, as account: Account? = nil) async throws -> Answer {
        let token = try await server.token(of: account ?? admin)
        return try await server.run {
            try await $0.send(.patch, "/api/camera_labels/\(label.id)", token: token, body: Array(json.utf8))
        }
    }

    private func post(_ part: String, _ form: String, french: Bool = false) async throws -> Answer {
        let token = try await server.token(of: admin)
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .accept: "text/html"]
        if french { headers[.acceptLanguage] = "fr" }
        return try await server.run { [headers] in
            try await $0.send(
                .post, "/admin/labels/\(label.id)/\(part)", token: token, headers: headers, body: Array(form.utf8))
        }
    }

    private func page(_ query: String = "") async throws -> String {
        let token = try await server.token(of: admin)
        return try await server.run { try await $0.get("/admin/labels/\(label.id)\(query)", token: token).text }
    }

    @Test("a request changes what it names and leaves the rest; null goes back to the model")
    func merging() async throws {
        let first = try await patch(
            """
            {"redaction":"fast","redaction_policy":{"face":{"threshold":0.4,"margin":0.5},
             "plate":{"margin":1},"rows":{"sky_until":0.2},"masks":[[[0,0.9],[1,0.9],[1,1],[0,1]]],
             "subjects":["plate","face","person"]}}
            """)
        #expect(first.code == 200)
        #expect(first.value("redaction_policy", "face", "threshold") as? Double == 0.4)
        #expect(first.value("redaction_policy", "plate", "threshold") is NSNull)
        #expect(first.value("redaction_policy", "rows", "sky_until") as? Double == 0.2)
        let masks = first.value("redaction_policy", "masks") as? [[[Double]]]
        #expect(masks == [[[0, 0.9], [1, 0.9], [1, 1], [0, 1]]])
        let second = try await patch(
            #"{"redaction_policy":{"face":{"threshold":null},"rows":{"bonnet_from":0.8},"masks":[]}}"#)
        #expect(second.code == 200)
        let expected = RedactionPolicy(
            preset: .fast, subjects: ["face", "plate", "person"], face: .init(margin: 0.5), plate: .init(margin: 1),
            rows: .init(skyUntil: 0.2, bonnetFrom: 0.8))
        #expect(try await policy() == expected)
    }

    @Test("a policy that makes no sense is refused with one sentence, and nothing is changed")
    func refused() async throws {
        let wrong: [(String, Int, String)] = [
            (#"{"face":{"threshold":2}}"#, 422, "threshold of faces"),
            (#"{"face":{"treshold":0.5}}"#, 400, "no member 'face.treshold'"),
            (#"{"sky":1}"#, 400, "no member 'sky'"),
            (#"{"face":0.5}"#, 400, "'face'"),
            (#"{"plate":{"margin":"wide"}}"#, 400, "'plate.margin'"),
            (#"{"rows":{"sky_until":0.7,"bonnet_from":0.6}}"#, 422, "At least a tenth"),
            (#"{"rows":{"sky_until":null}}"#, 400, "'rows.sky_until'"),
            (#"{"subjects":"face"}"#, 400, "'subjects'"),
            (#"{"subjects":["face","plate","mask"]}"#, 422, "always hidden"),
            (#"{"masks":[[[0,0],[1,1]]]}"#, 422, "3 to 64 points"),
            (#"{"masks":[[[0,0],[1,0],[1,2]]]}"#, 422, "fractions from 0 to 1"),
            (#"{"masks":[[[0,0],[0.5,0.5],[1,1]]]}"#, 422, "encloses nothing"),
            (#"{"masks":[[0,0,1,1]]}"#, 400, "'masks'"),
            (#"[]"#, 400, "'redaction_policy'"),
        ]
        for (part, code, words) in wrong {
            let answer = try await patch(#"{"redaction":"fast","redaction_policy":\#(part)}"#)
            #expect(answer.code == code, "\(part): \(answer.text)")
            #expect(answer.string("message")?.contains(words) == true, "\(part): \(answer.text)")
        }
        let many = (0..<33).map { "[[0,0],[1,0],[1,0.\($0 + 10)]]" }.joined(separator: ",")
        #expect(try await patch(#"{"redaction_policy":{"masks":[\#(many)]}}"#).code == 422)
        #expect(try await policy() == RedactionPolicy())
        #expect(try await server.test.catalogue.audit.list(before: nil, limit: 9).isEmpty)
    }

    @Test("leaving faces or plates visible needs the confirmation, by preset or by subjects; hiding more does not")
    func confirmation() async throws {
        for part in [#""redaction":"none""#, #""redaction_policy":{"subjects":["plate"]}"#] {
            #expect(try await patch("{\(part)}").code == 422)
        }
        #expect(try await policy() == RedactionPolicy())
        let partly = try await patch(#"{"redaction_policy":{"subjects":["plate"]},"confirm_no_redaction":true}"#)
        #expect(partly.code == 200)
        #expect(try await patch(#"{"redaction":"fast"}"#).code == 200, "nothing more is visible than before")
        #expect(try await patch(#"{"redaction":"none"}"#).code == 422)
        #expect(try await patch(#"{"redaction_policy":{"subjects":["plate","face"]}}"#).code == 200)
        #expect(try await patch(#"{"redaction_policy":{"subjects":["plate"]}}"#).code == 422)
    }

    @Test("each change is in the audit log with what it changed, and by whom")
    func audit() async throws {
        _ = try await patch(#"{"redaction_policy":{"rows":{"sky_until":0.25},"plate":{"threshold":0.3}}}"#)
        _ = try await patch(#"{"redaction_policy":{"masks":[[[0,0],[1,0],[1,0.5]]]}}"#)
        _ = try await patch(#"{"redaction_policy":{"rows":{"sky_until":0.25}}}"#)
        _ = try await patch(#"{"redaction":"none","confirm_no_redaction":true}"#)
        let entries = try await server.test.catalogue.audit.list(before: nil, limit: 9).reversed()
        #expect(entries.map(\.action) == ["label.updated", "label.updated", "label.redaction-disabled"])
        #expect(
            entries.map(\.details) == [
                ["sky-until": "0.0 → 0.25", "plate-threshold": "model → 0.3"],
                ["masks-added": "0.0,0.0 1.0,0.0 1.0,0.5"], ["preset": "default → none"],
            ])
        #expect(entries.allSatisfy { $0.actor == admin.id.string && $0.subject == label.id.string })
    }

    @Test("only an administrator sees the policy or changes it", arguments: [Role.viewer, .field, .manager])
    func roles(role: Role) async throws {
        let account = try await server.test.addAccount("someone", role, grants: [label])
        #expect(try await patch(#"{"redaction_policy":{"rows":{"sky_until":0.2}}}"#, as: account).code == 404)
        let token = try await server.token(of: account)
        try await server.run { asker in
            for path in ["/api/camera_labels", "/api/camera_labels/\(label.id)"] {
                let answer = try await asker.get(path, token: token)
                #expect(answer.code == 200 && answer.text.contains("CAM") && !answer.text.contains("redaction_policy"))
            }
            #expect(try await asker.get("/admin/labels/\(label.id)", token: token).code == 404)
        }
        #expect(try await policy() == RedactionPolicy())
    }

    @Test("the page shows what holds, and its forms change it")
    func forms() async throws {
        let fresh = try await page()
        #expect(fresh.contains("worked on from now on") && fresh.contains("No picture of this camera is ready yet"))
        #expect(fresh.contains("placeholder=\"0.3\"") && fresh.contains("placeholder=\"25\""))
        let hidden = try await post(
            "hidden",
            "redaction=thorough&face=yes&plate=yes&classes=person,+dog&face-threshold=0.45&face-margin=40"
                + "&plate-threshold=&plate-margin=")
        #expect(hidden.code == 303 && hidden.headers[.location]?.hasSuffix("said=policy.saved#hidden") == true)
        #expect(try await post("rows", "sky-until=12.5&bonnet-from=85").code == 303)
        #expect(try await post("masks", "points=0,0.85+1,0.85+1,1+0,1").code == 303)
        #expect(
            try await policy()
                == RedactionPolicy(
                    preset: .thorough, subjects: ["face", "plate", "dog", "person"],
                    face: .init(threshold: 0.45, margin: 0.4), rows: .init(skyUntil: 0.125, bonnetFrom: 0.85),
                    masks: [try Polygon(text: "0,0.85 1,0.85 1,1 0,1")]))
        let text = try await page("?said=policy.saved")
        for part in ["value=\"0.45\"", "value=\"40\"", "value=\"12.5\"", "value=\"85\"", "dog, person", "4 corners"] {
            #expect(text.contains(part), "\(part)")
        }
        let points = try #require(text.firstMatch(of: /name="points" value="([^"]+)"/)).1
        #expect(try await post("masks/delete", "points=\(points.replacing(" ", with: "+"))").code == 303)
        #expect(try await policy().masks.isEmpty)
    }

    @Test("what a form cannot mean is said in the reader's language, and nothing is changed")
    func badForms() async throws {
        let wrong = [
            ("hidden", "redaction=none", "demande votre confirmation"),
            ("hidden", "redaction=default&face=yes", "demande votre confirmation"),
            ("hidden", "redaction=best&face=yes&plate=yes", "ce réglage n’existe pas"),
            ("hidden", "redaction=fast&face=yes&plate=yes&face-threshold=1.5", "entre 0,05 et 0,95"),
            ("hidden", "redaction=fast&face=yes&plate=yes&plate-margin=300", "entre 0 et 200"),
            ("hidden", "redaction=fast&face=yes&plate=yes&classes=a/b", "au plus 32 classes"),
            ("hidden", "redaction=fast&face=yes&plate=yes&face-margin=wide", "en est pas un"),
            ("rows", "sky-until=80&bonnet-from=20", "sous le ciel"), ("masks", "points=", "3 à 64 coins"),
            ("masks", "points=0,0+2,0+2,2", "3 à 64 coins"), ("masks", "points=here", "3 à 64 coins"),
        ]
        for (part, form, words) in wrong {
            let answer = try await post(part, form, french: true)
            #expect(answer.code == 422 && answer.text.contains(words), "\(form)")
        }
        #expect(try await policy() == RedactionPolicy())
    }

    @Test("masks are drawn on the newest picture of the label, or on another of it, never on one of another label")
    func samples() async throws {
        let other = try await server.test.addLabel("OTHER")
        let owner = try await server.test.addAccount("owner", .field, grants: [label, other])
        let pictures = try await server.test.addPreparedPictures(
            (0..<3).map { index in
                TestPicture(
                    "A\(index).JPG", at: GeoPoint(longitude: 2.35 + Double(index) / 1000, latitude: 48.85),
                    capturedAt: TestCatalogue.epoch + Double(index) * 60)
            }, by: owner, label: label
        ).pictures
        let foreign = try await server.test.addPreparedPicture(TestPicture("B.JPG"), by: owner, label: other)
        func shown(_ query: String) async throws -> String {
            let text = try await page(query)
            #expect(!text.contains(foreign.string))
            return String(try #require(text.firstMatch(of: /id="mask-stage"><img src="([^"]+)"/)).1)
        }
        #expect(try await shown("") == "/api/pictures/\(pictures[2])/sd.jpg")
        #expect(try await shown("?picture=\(pictures[0])") == "/api/pictures/\(pictures[0])/sd.jpg")
        for query in ["?picture=\(foreign)", "?picture=nonsense", "?picture=\(PictureID())"] {
            #expect(try await shown(query) == "/api/pictures/\(pictures[2])/sd.jpg", "\(query)")
        }
    }
}
