import Foundation

/// The folder of the package, where set-up puts what it fetches.
package enum PackageFolder {
    /// The path of something in it.
    package static func path(_ name: String) -> String {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appending(path: name).path
    }
}
