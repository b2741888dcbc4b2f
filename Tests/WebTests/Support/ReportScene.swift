import Catalogue
import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing
import Web

/// The street, its owner's token and an administrator's.
struct ReportScene {
    let street: Street
    let owner: String
    let admin: String
    var server: TestServer { street.server }

    init(_ who: Street.Who = .viewerIn) async throws {
        street = try await Street(who)
        owner = try await street.server.token(of: street.owner)
        admin = try await street.server.token(of: try await street.server.test.addAccount("the-admin", .admin))
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ token: String?, json: String? = nil, form: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await server.run { [headers] asker in
            try await asker.send(
                method, path, token: token, headers: headers, body: (json ?? form).map { Array($0.utf8) })
        }
    }

    func get(_ path: String, _ token: String?, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, token, headers: headers)
    }

    /// Reports the picture; the id of the report.
    func report(_ issue: String = "other", by token: String? = nil, more: String = "") async throws -> String {
        let body = #"{"issue":"\#(issue)","picture_id":"\#(street.picture)"\#(more)}"#
        let answer = try await send(.post, "/api/reports", token ?? street.token, json: body)
        #expect(answer.code == 201, "\(answer.text)")
        return try #require(answer.string("id"))
    }

    func close(_ report: String, by token: String?, as status: String = "closed_solved") async throws -> Answer {
        try await send(.patch, "/api/reports/\(report)", token, json: #"{"status":"\#(status)"}"#)
    }

    /// Every address of the picture.
    var addresses: [String] {
        let picture = "/api/pictures/\(street.picture)"
        let collection = "/api/collections/\(street.sequence)"
        return [
            picture, "\(picture)/hd.jpg", "\(picture)/sd.jpg", "\(picture)/thumb.jpg", "\(picture)/tiled/0_0.jpg",
            collection, "\(collection)/items", "\(collection)/items/\(street.picture)", "\(collection)/thumb.jpg",
            "/sequences/\(street.sequence)",
        ]
    }

    /// Lists and tiles that a picture may be in.
    static let lists = [
        "/api/search?bbox=2,48,3,49", "/api/search", "/api/collections", "/api/map/15/16598/11273.mvt",
        "/api/map/8/129/88.mvt", "/api/map/0/0/0.mvt", "/",
    ]
}
