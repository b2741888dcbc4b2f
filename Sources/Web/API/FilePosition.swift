import Domain
import Foundation

/// The last file of a page, inside a cursor: arrival and identity are all that the next page needs.
struct FilePosition {
    let file: UploadFile

    init(_ page: String, cursor: Cursor, set: UploadSetID) throws {
        let parts = try cursor.open(page, kind: "files").split(separator: "|")
        guard parts.count == 2, let microseconds = Int64(parts[0]) else {
            throw Failure(.invalid, "'page' is not one that this server gave out.")
        }
        file = UploadFile(
            id: UploadFileID(stored: String(parts[1])), uploadSetID: set, path: "", size: 0, sha256: "", md5: "",
            receivedAt: Date(timeIntervalSince1970: Double(microseconds) / 1e6))
    }

    static func seal(_ file: UploadFile, cursor: Cursor) -> String {
        cursor.seal("\(file.receivedAt.microseconds)|\(file.id.string)", kind: "files")
    }
}

extension Date {
    /// Whole microseconds since 1970, as the catalogue stores times.
    var microseconds: Int64 { Int64((timeIntervalSince1970 * 1e6).rounded()) }
}
