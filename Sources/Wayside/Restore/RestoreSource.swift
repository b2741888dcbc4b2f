import Domain
import Foundation

/// Where a backup lies, as somebody names it on the command line: a folder, or a file that describes the destination of
/// the backup route as the API does, with its secrets.
enum RestoreSource {
    /// - Throws: `.notFound`, `.unprocessable`.
    static func at(_ path: String) throws -> RouteDestination {
        var isFolder: ObjCBool = false
        let path = ArchivePath.absolute(path)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.notFound, "There is neither a folder nor a file \(path).")
        }
        guard !isFolder.boolValue else {
            return RouteDestination(configuration: .directory(DirectoryPlace(path: path)))
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Failure(.unavailable, "The file \(path) cannot be read.")
        }
        do {
            return try JSONDecoder().decode(WrittenDestination.self, from: bytes).destination
        } catch {
            throw Failure(
                .unprocessable, "The file \(path) does not describe a destination as the API does.", underlying: error)
        }
    }
}
