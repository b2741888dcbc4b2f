import Delivery
import Domain
import Foundation

/// Where a backup lies, as somebody names it on the command line: a folder, or a file that describes the destination of
/// the backup route as the API does, with its secrets.
struct RestoreSource: Decodable {
    let destination: RouteDestination

    private enum CodingKeys: String, CodingKey { case secrets }

    init(from decoder: any Decoder) throws {
        let secrets = try decoder.container(keyedBy: CodingKeys.self)
            .decodeIfPresent([String: String].self, forKey: .secrets)
        destination = RouteDestination(
            number: 1, configuration: try DestinationConfiguration(from: decoder), secrets: secrets ?? [:])
    }

    private init(folder: String) {
        destination = RouteDestination(number: 1, configuration: .directory(DirectoryPlace(path: folder)))
    }

    /// - Throws: `.notFound`, `.unprocessable`.
    static func at(_ path: String) throws -> RestoreSource {
        var isFolder: ObjCBool = false
        let path = ArchivePath.absolute(path)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.notFound, "There is neither a folder nor a file \(path).")
        }
        guard !isFolder.boolValue else { return RestoreSource(folder: path) }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(.unavailable, "The file \(path) cannot be read.")
        }
        do {
            return try JSONDecoder().decode(RestoreSource.self, from: bytes)
        } catch {
            throw Failure(
                .unprocessable, "The file \(path) does not describe a destination as the API does.", underlying: error)
        }
    }
}
