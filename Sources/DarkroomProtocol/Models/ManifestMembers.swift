import Domain
import Foundation

/// The members that a manifest may have: one that is mistyped would else be taken for left out.
enum ManifestMembers {
    private static let whole: Set<String> = [
        "name", "file", "sha256", "licence", "input", "decoder", "classes", "score", "nms", "tiling", "use",
    ]
    private static let parts: [String: Set<String>] = [
        "input": ["width", "height", "layout", "colour", "scale", "mean", "std", "fit"],
        "tiling": ["tile", "overlap", "scales", "band"],
    ]

    /// Throws `.unprocessable` for what is no JSON object, and for one with a member that nobody reads.
    static func check(_ data: Data) throws {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Failure(.unprocessable, "The manifest cannot be read: it is not a JSON object.")
        }
        try check(object, whole, in: "")
        for (name, members) in parts {
            if let part = object[name] as? [String: Any] { try check(part, members, in: "\(name).") }
        }
    }

    private static func check(_ object: [String: Any], _ allowed: Set<String>, in place: String) throws {
        guard let stranger = object.keys.filter({ !allowed.contains($0) }).min() else { return }
        throw Failure(.unprocessable, "The manifest says “\(place)\(stranger)”, which nothing reads.")
    }
}
