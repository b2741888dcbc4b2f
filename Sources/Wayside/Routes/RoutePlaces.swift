import Domain
import Foundation
import StorageS3

/// Where no route may send to: into what this server keeps for itself.
struct RoutePlaces: Sendable {
    let data: DataFolder
    /// What is served to everybody, templates, migrations.
    let program: [String]
    let bucket: S3Bucket?

    /// - Throws: `.unprocessable` with the reason.
    func require(_ configuration: DestinationConfiguration) throws {
        switch configuration {
        case .directory(let place):
            let (wanted, own) = (Self.real(place.path), Self.real(data.path))
            guard !"\(wanted)/".hasPrefix("\(own)/"), !"\(own)/".hasPrefix("\(wanted)/") else {
                throw Self.refusal("A route cannot send into the data folder of this server, or into one around it.")
            }
            guard program.allSatisfy({ !"\(wanted)/".hasPrefix("\(Self.real($0))/") }) else {
                throw Self.refusal("A route cannot send into the folder of the program itself.")
            }
        case .bucket(let place):
            let theirs = try S3Bucket(
                endpoint: place.endpoint, name: place.bucket, region: place.region,
                credentials: S3Credentials(accessKey: place.accessKey, secretKey: ""))
            guard theirs.origin != bucket?.origin || theirs.name != bucket?.name else {
                throw Self.refusal("A route cannot send into the bucket of this server itself.")
            }
        case .rclone, .http, .wayside: break
        }
    }

    private static func refusal(_ sentence: String) -> Failure {
        Failure(.unprocessable, sentence, details: ["field": "destinations"])
    }

    /// Where the path leads, links followed as far as there is anything.
    private static func real(_ path: String) -> String {
        var (folder, rest) = (URL(filePath: path).standardizedFileURL.path, "")
        while folder != "/", !FileManager.default.fileExists(atPath: folder) {
            rest = "/\((folder as NSString).lastPathComponent)\(rest)"
            folder = (folder as NSString).deletingLastPathComponent
        }
        let found = URL(filePath: folder).resolvingSymlinksInPath().path
        return (found == "/" ? "" : found) + rest
    }
}
