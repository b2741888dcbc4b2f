import Foundation

/// What names are compared by: without case, and the same however the accents were typed.
enum NameKey {
    static func of(_ name: String) -> String {
        name.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().precomposedStringWithCanonicalMapping
    }
}
