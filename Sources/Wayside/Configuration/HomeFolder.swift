import Foundation

/// The folder of what comes with the program: `Migrations`, `Templates`, `Public`.
struct HomeFolder {
    let path: String

    /// Looks for it upwards from the program: beside the sources (`.build/release/wayside`) or in `share/wayside`
    /// once installed; else the working folder.
    static func find() -> String {
        let files = FileManager.default
        var folder = URL(filePath: program).deletingLastPathComponent()
        while true {
            for candidate in [folder, folder.appending(path: "share/wayside")]
            where files.fileExists(atPath: candidate.appending(path: "Migrations/sqlite").path) {
                return candidate.path
            }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            if parent.path == folder.standardizedFileURL.path { return files.currentDirectoryPath }
            folder = parent
        }
    }

    /// A file in the folder of the program itself.
    static func besideProgram(_ name: String) -> String {
        URL(filePath: program).deletingLastPathComponent().appending(path: name).path
    }

    /// A folder that an installation puts here and set-up puts into `.deps`.
    func fetched(_ name: String) -> String {
        let installed = "\(path)/\(name)"
        return FileManager.default.fileExists(atPath: installed) ? installed : "\(path)/.deps/\(name)"
    }

    /// Where the running program lies, links followed.
    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    }
}
