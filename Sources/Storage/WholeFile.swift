import Domain
import Foundation

/// A small file that is there whole or not at all.
package enum WholeFile {
    /// Writes the bytes durably under a first name, which must be free, and renames it. Blocks.
    package static func write(_ bytes: Data, to temporary: String, named path: String) throws {
        let file = try NewFile(temporary)
        try file.write(bytes)
        try file.finish()
        guard rename(temporary, path) == 0 else { throw Failure.fileSystem(errno, "name a file") }
        try Folder.synchronise(Folder.parent(of: path))
    }
}
