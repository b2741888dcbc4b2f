import Domain
import Foundation
import StorageS3
import TestSupport

/// A built server whose pictures are in a bucket of a real S3 server.
struct BucketServer: Sendable {
    let server: BuiltServer
    let store: S3Server
    let bucket: S3Bucket

    /// - Parameters:
    ///   - port: of a proxy before the S3 server.
    ///   - store: another S3 server than the one that all tests share.
    static func make(
        _ more: [String: String] = [:], port: Int? = nil, on store: S3Server? = nil
    ) async throws -> BucketServer {
        let shared = store == nil ? try await S3Server.shared(.seaweedFS) : nil
        guard let store = store ?? shared else { throw Failure(.unavailable, "There is no S3 server.") }
        let bucket = try await store.makeBucket()
        let settings = try settings(bucket, port: port ?? store.port)
        return BucketServer(
            server: try BuiltServer(settings.merging(more) { $1 }), store: store, bucket: bucket)
    }

    static func settings(_ bucket: S3Bucket, port: Int) throws -> [String: String] {
        [
            "WAYSIDE_STORAGE": "s3", "WAYSIDE_S3_ENDPOINT": "http://127.0.0.1:\(port)",
            "WAYSIDE_S3_BUCKET": bucket.name, "WAYSIDE_S3_ACCESS_KEY": S3Server.accessKey,
            "WAYSIDE_S3_SECRET_KEY": S3Server.secretKey,
        ]
    }

    /// Names of all objects but those by which the server looks after its bucket.
    func objects() async throws -> [String] {
        let answer = try await store.request("GET", "/\(bucket.name)", query: [("list-type", "2")])
        guard answer.status == 200 else { throw Failure(.unavailable, answer.body) }
        return answer.body.matches(of: /<Key>([^<]+)<\/Key>/).map { String($0.1) }
            .filter { !$0.hasPrefix(".wayside-") }.sorted()
    }

    /// What somebody without a key gets; statuses of reading an object, writing one and listing.
    func stranger(_ object: String) async throws -> [Int] {
        let client = Client(server)
        let place = "\(store.endpoint)/\(bucket.name)"
        return [
            try await client.get("\(place)/\(object)").status,
            try await client.send("PUT", "\(place)/stranger", body: Data("x".utf8)).status,
            try await client.get("\(place)?list-type=2").status,
        ]
    }
}
