import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

@Suite("Tags and annotations over the API")
struct SemanticsTests {
    private struct Semantic: Equatable {
        let key: String, value: String
    }

    private func tags(_ value: Any?) -> [Semantic] {
        (value as? [[String: Any]] ?? []).map {
            Semantic(key: $0["key"] as? String ?? "", value: $0["value"] as? String ?? "")
        }
    }

    private let add = #"{"semantics":[{"action":"add","key":"osm|highway","value":"stop"}]}"#
    private let stop = [Semantic(key: "osm|highway", value: "stop")]

    @Test("items, collections and upload sets take diffs of tags and show the result")
    func diffs() async throws {
        let street = try await Street(.managerIn)
        let paths = [
            "/api/collections/\(street.sequence)/items/\(street.picture)", "/api/collections/\(street.sequence)",
            "/api/upload_sets/\(street.set.id)",
        ]
        try await street.server.run { asker in
            for path in paths {
                func patch(_ json: String) async throws -> Answer {
                    try await asker.send(.patch, path, token: street.token, body: Array(json.utf8))
                }
                func shown() async throws -> [Semantic] {
                    let answer = try await asker.get(path, token: street.token)
                    return tags(answer.value("semantics") ?? answer.value("properties", "semantics"))
                }
                let added = try await patch(add)
                #expect(added.code == 200, "\(path)")
                #expect(try await shown() == stop, "\(path)")
                // The same pair twice; an unknown action; too long; nothing to delete.
                #expect(try await patch(add).code == 400, "\(path)")
                let long = String(repeating: "x", count: 257)
                for (bad, code) in [
                    (#"{"semantics":[{"action":"replace","key":"a","value":"b"}]}"#, 422),
                    (#"{"semantics":[{"key":"\#(long)","value":"b"}]}"#, 422),
                    (#"{"semantics":[{"key":"","value":"b"}]}"#, 422),
                    (#"{"semantics":[{"action":"delete","key":"a","value":"b"}]}"#, 400),
                    (#"{"semantics":[{"key":"a"}]}"#, 400),
                ] {
                    #expect(try await patch(bad).code == code, "\(path) \(bad.prefix(60))")
                }
                #expect(try await shown() == stop, "\(path)")
                let delete = add.replacing("\"add\"", with: "\"delete\"")
                #expect(try await patch(delete).code == 200, "\(path)")
                #expect(try await shown().isEmpty, "\(path)")
            }
        }
    }

    @Test("an upload set is made with tags, which its sequences will carry")
    func newSet() async throws {
        let street = try await Street(.fieldIn)
        try await street.server.run { asker in
            let made = try await asker.post(
                "/api/upload_sets",
                json: #"{"title":"t","camera_label":"Alpha-7","semantics":[{"key":"osm|highway","value":"stop"}]}"#,
                token: street.token)
            #expect(made.code == 200)
            #expect(tags(made.value("semantics")) == stop)
            let twice = try await asker.post(
                "/api/upload_sets",
                json: #"""
                    {"title":"t","camera_label":"Alpha-7","semantics":[{"key":"a","value":"b"},{"key":"a","value":"b"}]}
                    """#, token: street.token)
            #expect(twice.code == 400)
        }
    }

    @Test("an annotation is made once for a shape, edited, shown in the item, and gone with its last tag")
    func annotations() async throws {
        let street = try await Street(.managerIn)
        try await street.server.run { asker in
            let path = "/api/pictures/\(street.picture)/annotations"
            let body = #"{"shape":[100,200,300,400],"semantics":[{"key":"a","value":"b"}]}"#
            let made = try await asker.post(path, json: body, token: street.token)
            #expect(made.code == 200)
            let id = try #require(made.string("id"))
            #expect(made.headers[.location]?.hasSuffix("/api/annotations/\(id)") == true)
            let ring = made.value("shape", "coordinates", "0") as? [[Double]]
            #expect(ring == [[100, 200], [300, 200], [300, 400], [100, 400], [100, 200]])
            // The same shape as a polygon, sent below the item.
            let again = try await asker.post(
                "/api/collections/\(street.sequence)/items/\(street.picture)/annotations",
                json: #"""
                    {"shape":{"type":"Polygon","coordinates":[[[100,200],[300,200],[300,400],[100,400],[100,200]]]},
                    "semantics":[{"key":"c","value":"d"}]}
                    """#, token: street.token)
            #expect(again.string("id") == id)
            #expect(tags(again.value("semantics")).map(\.key) == ["a", "c"])
            let item = try await asker.get("/api/pictures/\(street.picture)", token: street.token)
            let shown = item.value("properties", "annotations") as? [[String: Any]] ?? []
            #expect(shown.compactMap { $0["id"] as? String } == [street.annotation.string, id])

            let one = "/api/annotations/\(id)"
            let patch = { (json: String) in
                try await asker.send(.patch, one, token: street.token, body: Array(json.utf8))
            }
            #expect(try await patch(#"{"shape":[1,2,3,4]}"#).code == 422)
            #expect(try await patch(#"{"semantics":[{"action":"delete","key":"a","value":"b"}]}"#).code == 200)
            #expect(try await patch(#"{"semantics":[{"action":"delete","key":"c","value":"d"}]}"#).code == 204)
            #expect(try await asker.get(one, token: street.token).code == 404)
        }
    }

    @Test(
        "a shape that is none, or reaches beyond the picture, is refused",
        arguments: [
            ("[0,0,10]", 422), ("[10,0,0,10]", 422), ("[0,0,5761,10]", 422), ("[-1,0,10,10]", 422),
            (#""whole""#, 422), (#"{"type":"Point","coordinates":[1,2]}"#, 422),
            (#"{"type":"Polygon","coordinates":[[[0,0],[5,5],[10,10],[0,0]]]}"#, 422),
            (#"{"type":"Polygon","coordinates":[[[0,0],[5,0]]]}"#, 422),
            (#"{"type":"Polygon","coordinates":[[[0,0],[5,0],[5,5]],[[1,1],[2,1],[2,2]]]}"#, 422),
            ("[0,0,5760,2880]", 200),
        ])
    func shapes(_ shape: String, _ code: Int) async throws {
        let street = try await Street(.admin)
        try await street.server.run { asker in
            let answer = try await asker.post(
                "/api/pictures/\(street.picture)/annotations",
                json: #"{"shape":\#(shape),"semantics":[{"key":"a","value":"b"}]}"#, token: street.token)
            #expect(answer.code == code, "\(answer.text)")
            let none = try await asker.post(
                "/api/pictures/\(street.picture)/annotations", json: #"{"shape":[1,1,9,9]}"#, token: street.token)
            #expect(none.code == 400)
        }
    }

    @Test("an annotation answers below its own picture and collection only")
    func places() async throws {
        let street = try await Street(.admin)
        try await street.server.run { asker in
            let good = "/api/collections/\(street.sequence)/items/\(street.picture)/annotations/\(street.annotation)"
            let found = try await asker.get(good, token: street.token)
            #expect(found.code == 200)
            for bad in [
                "/api/collections/\(SequenceID())/items/\(street.picture)/annotations/\(street.annotation)",
                "/api/collections/\(street.sequence)/items/\(PictureID())/annotations/\(street.annotation)",
                "/api/annotations/\(AnnotationID())", "/api/annotations/nothing",
            ] {
                #expect(try await asker.get(bad, token: street.token).code == 404, "\(bad)")
            }
        }
    }

    @Test("findings of models are offered as annotations in Panoramax' form, with class, score and model")
    func findings() async throws {
        let street = try await Street(.viewerIn)
        let catalogue = street.server.test.catalogue
        _ = try await catalogue.detections.queue("signs", on: .picture(street.picture), at: .now)
        let job = try #require(try await street.server.test.claim().first)
        let detection = Detection(className: "stop", score: 0.8765, x: 5, y: 6, width: 7, height: 8)
        try await catalogue.detections.detected(
            ModelFindings(model: "signs", detections: [detection]), on: street.picture, ending: job)
        try await street.server.run { asker in
            let answer = try await asker.get("/api/pictures/\(street.picture)/annotations", token: street.token)
            let found = (answer.value("annotations") as? [[String: Any]] ?? []).first {
                ($0["wayside:findings"] as? [Any])?.isEmpty == false
            }
            #expect(
                tags(found?["semantics"]) == [
                    .init(key: "wayside|object", value: "stop"),
                    .init(key: "detection_model[wayside|object=stop]", value: "signs"),
                    .init(key: "detection_confidence[wayside|object=stop]", value: "0.877"),
                ])
            let finding = (found?["wayside:findings"] as? [[String: Any]])?.first
            #expect(finding?["class"] as? String == "stop" && finding?["model"] as? String == "signs")
            #expect(finding?["score"] as? Double == 0.877)
        }
    }

    @Test("the history says who changed what, page by page")
    func history() async throws {
        let street = try await Street(.managerIn)
        try await street.server.run { asker in
            for value in ["one", "two", "three"] {
                _ = try await asker.send(
                    .patch, "/api/collections/\(street.sequence)/items/\(street.picture)", token: street.token,
                    body: Array(#"{"semantics":[{"key":"k","value":"\#(value)"}]}"#.utf8))
            }
            var path = "/api/pictures/\(street.picture)/semantics/history?limit=2"
            var values: [String] = []
            for _ in 0..<2 {
                let answer = try await asker.get(path, token: street.token)
                for edit in answer.value("history") as? [[String: Any]] ?? [] {
                    values += (edit["changes"] as? [[String: Any]] ?? []).compactMap { $0["value"] as? String }
                    let isOwn = edit["annotation_id"] == nil
                    #expect(edit["account_id"] as? String == (isOwn ? street.asking : street.owner)?.id.string)
                }
                path = answer.target("next") ?? ""
            }
            #expect(values == ["three", "two", "one", "secret-value"])
        }
    }

    @Test("the owner of a picture may tag it, an owner who lost the upload role may not")
    func owners() async throws {
        let street = try await Street(.viewerIn)
        let owner = try await street.server.token(of: street.owner)
        let path = "/api/collections/\(street.sequence)/items/\(street.picture)"
        try await street.server.run { asker in
            let byOwner = try await asker.send(.patch, path, token: owner, body: Array(add.utf8))
            #expect(byOwner.code == 200)
            let byViewer = try await asker.send(.patch, path, token: street.token, body: Array(add.utf8))
            #expect(byViewer.code == 403)
        }
    }
}
