import Foundation

extension JSON {
    /// Reads JSON text; nil when it is malformed.
    init?(parsing text: String) {
        guard let parsed = try? JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)) else { return nil }
        self = parsed.value
    }
}
