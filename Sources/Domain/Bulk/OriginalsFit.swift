/// Whether what is stored of a picture's original may belong to a camera label.
///
/// An original that is gone fits everywhere: nothing can be kept or sealed of it any more. One that is sealed may lie where
/// originals are kept, since nobody reads more of it there.
package enum OriginalsFit {
    package static func fits(_ stored: StoredOriginal.Kind?, key: String?, _ rule: OriginalsRule) -> Bool {
        guard let stored else { return true }
        return switch (stored, rule.policy) {
        case (_, .discard): false
        case (.kept, .keep): true
        case (.kept, .sealed): false
        case (.sealed, .keep): true
        case (.sealed, .sealed): key == rule.keyID
        }
    }
}
