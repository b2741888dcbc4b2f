import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Stickers for cameras")
struct StickerTests {
    @Test(
        "a sheet has as many stickers as there is room for, each with the label's name and its code",
        arguments: [
            ("small", 21), ("medium", 8), ("large", 2), ("huge", 8),
        ])
    func sheet(size: String, count: Int) async throws {
        let server = try await TestServer { $0.publicURL = "https://pictures.example.org" }
        let label = try await server.test.addLabel("Véhicule <7>")
        let token = try await server.token(of: try await server.test.addAccount("ada", .admin))
        try await server.run { asker in
            let path = "/admin/labels/\(label.id)/stickers?size=\(size)&language=fr"
            let page = try await asker.get(path, token: token)
            #expect(page.code == 200)
            #expect(page.text.components(separatedBy: "<strong>Véhicule &lt;7&gt;</strong>").count - 1 == count)
            #expect(page.text.components(separatedBy: "<path d=\"M4 4h7v1h-7z").count - 1 == count)
            #expect(page.text.contains("https://pictures.example.org/upload?label=V%C3%A9hicule%20%3C7%3E"))
            #expect(page.text.contains("Scannez pour envoyer") && page.text.contains("lang=\"fr\""))
            #expect(!page.text.contains("WAYSIDE_PUBLIC_URL"))
            let missing = try await asker.get("/admin/labels/\(CameraLabelID())/stickers", token: token)
            #expect(missing.code == 404)
        }
    }

    @Test("stickers that would lead to this very machine come with a warning")
    func local() async throws {
        let server = try await TestServer()
        let label = try await server.test.addLabel("CAM-7")
        let token = try await server.token(of: try await server.test.addAccount("ada", .admin))
        try await server.run { asker in
            let page = try await asker.get("/admin/labels/\(label.id)/stickers", token: token)
            #expect(page.text.contains("WAYSIDE_PUBLIC_URL"))
        }
    }

    @Test("the upload page has the sticker's label chosen, where it is granted")
    func preselected() async throws {
        let server = try await TestServer()
        let (one, two) = (try await server.test.addLabel("CAM 1"), try await server.test.addLabel("CAM 2"))
        try await server.test.addLabel("CAM 3")
        let token = try await server.token(of: try await server.test.addAccount("olga", .field, grants: [one, two]))
        try await server.run { asker in
            let page = try await asker.get("/upload?label=CAM%202", token: token)
            #expect(page.text.contains(/value="CAM 2"[^>]* checked/))
            #expect(!page.text.contains(/value="CAM 1"[^>]* checked/))
            for query in ["", "?label=CAM%203", "?label="] {
                let page = try await asker.get("/upload\(query)", token: token)
                #expect(!page.text.contains("checked") && !page.text.contains("CAM 3"), "\(query)")
            }
        }
    }
}
