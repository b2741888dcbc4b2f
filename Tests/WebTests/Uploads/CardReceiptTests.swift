import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("The receipt for a card")
struct CardReceiptTests {
    private let other = #"{"path":"DCIM/GH01.MP4","size":9,"kind":"video"}"#

    private func list(
        _ scene: TusScene, _ asker: Asker, _ set: String, _ files: String, complete: Bool = true
    ) async throws -> Answer {
        try await asker.post(
            "/api/upload_sets/\(set)/card", json: #"{"files":[\#(files)],"complete":\#(complete)}"#, token: scene.token)
    }

    private func receipt(_ scene: TusScene, _ asker: Asker, _ set: String) async throws -> Answer {
        try await asker.get("/api/upload_sets/\(set)/receipt", token: scene.token)
    }

    private func names(_ answer: Answer) -> [String] {
        ((answer.value("files") as? [[String: Any]]) ?? []).map { "\($0["fate"] ?? "") \($0["name"] ?? "")" }
    }

    @Test(
        "lists every file with its fate, what would be lost first, and is not safe while a picture is being worked on")
    func fates() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            #expect(try await receipt(scene, asker, set).value("is_whole") as? Bool == false)
            let sent = try await asker.send(
                .put, "/api/upload_sets/\(set)/files/a.jpg", token: scene.token, body: scene.picture)
            #expect(sent.code == 202)
            let bad = try await asker.send(
                .put, "/api/upload_sets/\(set)/files/b.jpg", token: scene.token, body: Array("none".utf8))
            #expect(bad.code >= 400)
            let files = [
                #"{"path":"a.jpg","size":\#(scene.picture.count),"kind":"picture"}"#,
                #"{"path":"never.jpg","size":7,"kind":"picture"}"#, other,
            ]
            #expect(try await list(scene, asker, set, files.joined(separator: ",")).code == 204)
            _ = try await asker.post("/api/upload_sets/\(set)/complete", json: "{}", token: scene.token)
            let answer = try await receipt(scene, asker, set)
            #expect(
                names(answer) == ["refused b.jpg", "missing never.jpg", "not_sent DCIM/GH01.MP4", "working a.jpg"])
            #expect(answer.value("is_whole") as? Bool == true)
            #expect(answer.value("safe_to_wipe") as? Bool == false)
            // Nobody can agree to losses while it is not known what they are.
            let digest = try #require(answer.string("losses_sha256"))
            let agreed = try await asker.post(
                "/api/upload_sets/\(set)/receipt", json: #"{"losses_sha256":"\#(digest)"}"#, token: scene.token)
            #expect(agreed.code == 409)
        }
    }

    @Test("is safe once a person has agreed to the losses, and no longer when there is another loss")
    func agreement() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            #expect(try await list(scene, asker, set, other).code == 204)
            _ = try await asker.post("/api/upload_sets/\(set)/complete", json: "{}", token: scene.token)
            let before = try await receipt(scene, asker, set)
            #expect(before.value("safe_to_wipe") as? Bool == false)
            func agree(_ digest: String) async throws -> Int {
                try await asker.post(
                    "/api/upload_sets/\(set)/receipt", json: #"{"losses_sha256":"\#(digest)"}"#, token: scene.token
                ).code
            }
            #expect(try await agree(String(repeating: "0", count: 64)) == 409)
            #expect(try await agree(try #require(before.string("losses_sha256"))) == 204)
            #expect(try await receipt(scene, asker, set).value("safe_to_wipe") as? Bool == true)
            _ = try await list(scene, asker, set, #"{"path":"x.THM","size":1,"kind":"preview"}"#)
            #expect(try await receipt(scene, asker, set).value("safe_to_wipe") as? Bool == false)
        }
    }

    @Test("counts a file as known when its bytes are here in another set, but only for who may read that picture")
    func known() async throws {
        let scene = try await TusScene()
        let stranger = try await scene.server.test.addAccount(
            "bea", .field, grants: [try await scene.server.test.addLabel("Cam 2")])
        let strange = try await scene.server.token(of: stranger)
        try await scene.server.run { asker in
            let first = try await scene.newSet(asker)
            let sent = try await asker.send(
                .put, "/api/upload_sets/\(first)/files/a.jpg", token: scene.token, body: scene.picture)
            let digest = try #require(sent.string("content_sha256"))
            let file = #"{"path":"again.jpg","size":\#(scene.picture.count),"kind":"picture","sha256":"\#(digest)"}"#
            let second = try await scene.newSet(asker)
            #expect(try await list(scene, asker, second, file).code == 204)
            #expect(names(try await receipt(scene, asker, second)) == ["working again.jpg"])
            let made = try await asker.post("/api/upload_sets", json: #"{"title":"b"}"#, token: strange)
            let theirs = try #require(made.string("id"))
            let listed = try await asker.post(
                "/api/upload_sets/\(theirs)/card", json: #"{"files":[\#(file)],"complete":true}"#, token: strange)
            #expect(listed.code == 204)
            let answer = try await asker.get("/api/upload_sets/\(theirs)/receipt", token: strange)
            #expect(names(answer) == ["missing again.jpg"])
        }
    }

    @Test("holds as it was signed, and not when a word of it is changed")
    func signature() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            _ = try await list(scene, asker, set, other)
            let text = try await receipt(scene, asker, set).text
            func check(_ text: String) async throws -> Bool? {
                let answer = try await asker.post("/api/card_receipts/verify", json: text, token: scene.token)
                return answer.value("holds") as? Bool
            }
            #expect(try await check(text) == true)
            #expect(try await check(text.replacing("GH01", with: "GH02")) == false)
            #expect(
                try await check(text.replacing(#""safe_to_wipe":false"#, with: #""safe_to_wipe":true"#)) == false)
            let key = try #require(try await asker.get("/api/card_receipts/key").string("public_key"))
            let parsed = try JSONDecoder().decode(SignedReceipt.self, from: Data(text.utf8))
            #expect(CardSigner.holds(parsed, key: key))
            #expect(!CardSigner.holds(parsed, key: "bm9uZQ"))
        }
    }

    @Test("is a table too, in which no name is a formula, and refuses what it does not know")
    func refusals() async throws {
        let scene = try await TusScene()
        try await scene.server.run { asker in
            let set = try await scene.newSet(asker)
            _ = try await list(scene, asker, set, #"{"path":"=cmd()","size":1,"kind":"other"}"#)
            let table = try await asker.get("/api/upload_sets/\(set)/receipt?format=csv", token: scene.token)
            #expect(table.text.contains("'=cmd(),1,,not_sent,other,"))
            #expect(try await asker.get("/api/upload_sets/\(set)/receipt?format=pdf", token: scene.token).code == 400)
            for file in [
                #"{"path":"a","size":1,"kind":"tape"}"#, #"{"path":"a","size":-1,"kind":"other"}"#,
                #"{"path":"a","size":1,"kind":"other","sha256":"no"}"#,
            ] {
                #expect(try await list(scene, asker, set, file).code == 422, "\(file)")
            }
        }
    }
}
