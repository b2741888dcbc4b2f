import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The models and where they have looked")
struct ModelTests {
    private let server: TestServer
    private let admin: String
    private let label: CameraLabel

    init() async throws {
        server = try await TestServer {
            $0.ownModels = [
                OwnModelState(
                    file: "signs.json", isGood: true, sentence: "Good.",
                    description: .init(
                        name: "signs", licence: "Apache-2.0", sha256: String(repeating: "ab", count: 32),
                        classes: ["stop sign"], mayHide: false)),
                OwnModelState(file: "bad.json", isGood: false, sentence: "The model is refused: its hash is another."),
            ]
        }
        label = try await server.test.addLabel("mast-1")
        let ada = try await server.test.addAccount("ada", .admin)
        try await server.test.addPreparedPicture(by: ada, label: label)
        admin = try await server.token(of: ada)
    }

    private func form(_ asker: Asker, _ path: String, _ form: String) async throws -> Answer {
        try await asker.send(
            .post, path, token: admin, headers: [.contentType: "application/x-www-form-urlencoded"],
            body: Array(form.utf8))
    }

    @Test("the page and the API name each with licence and version, and say why one is refused")
    func listed() async throws {
        try await server.run { asker in
            let page = try await asker.get("/admin/models", token: admin)
            for text in ["centerface", "plates", "MIT", "signs", "stop sign", "abababababab", "its hash is another"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let list = try await asker.get("/api/admin/models", token: admin)
            let models = try #require(list.value("models") as? [[String: Any]])
            #expect(models.map { $0["name"] as? String } == ["centerface", "plates", "signs", "bad.json"])
            #expect(models.map { $0["is_good"] as? Bool } == [true, true, true, false])
            // What comes along is what set-up fetches.
            let pins = try String(contentsOfFile: PackageFolder.path("Scripts/pins.txt"), encoding: .utf8)
            for model in models.prefix(2) {
                let version = try #require(model["version"] as? String)
                #expect(pins.contains("\n\(version.replacing(" ", with: "==")) "), "\(version)")
            }
            #expect(list.value("camera_labels", "0", "pictures") as? Int == 1)
            #expect(list.value("camera_labels", "0", "asked_at") is NSNull)
        }
    }

    @Test("an own model looks at a label's pictures, and what waits is shown; one that is refused does not")
    func run() async throws {
        try await server.run { asker in
            let wanted = #"{"camera_label":"\#(label.id)"}"#
            let started = try await asker.post("/api/admin/models/signs/runs", json: wanted, token: admin)
            #expect(started.code == 202 && started.value("waiting") as? Int == 1)
            #expect(try await asker.get("/admin/models", token: admin).text.contains("1 picture waits"))
            let refused = try await asker.post("/api/admin/models/bad/runs", json: wanted, token: admin)
            #expect(refused.code == 404)
            #expect(try await asker.post("/api/admin/models/plates/runs", json: wanted, token: admin).code == 404)
            let again = try await form(asker, "/admin/models/run", "model=signs&label=\(label.id)")
            #expect(again.code == 303)
        }
        let entry = try await server.test.catalogue.audit.list(before: nil, limit: 1).first
        #expect(entry?.action == "model.run" && entry?.details["model"] == "signs")
    }

    @Test("faces and plates are looked for again from the page, which says when and how many wait")
    func look() async throws {
        try await server.run { asker in
            #expect(try await form(asker, "/admin/models/look", "label=\(label.id)").code == 303)
            let list = try await asker.get("/api/admin/models", token: admin)
            #expect(list.value("camera_labels", "0", "waiting") as? Int == 1)
            #expect(list.value("camera_labels", "0", "asked_at") is String)
            #expect(try await asker.get("/admin/models", token: admin).text.contains("data-refresh"))
        }
    }
}
