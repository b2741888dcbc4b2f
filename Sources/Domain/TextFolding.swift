import Foundation

/// Texts as they are compared where case or accents do not count, the same in every place that compares.
package enum TextFolding {
    package static func withoutCase(_ text: String) -> String {
        // Upper case first: what has one capital form, such as the two small sigmas, becomes one letter.
        text.uppercased().lowercased()
    }

    package static func withoutAccents(_ text: String) -> String {
        text.folding(options: .diacriticInsensitive, locale: nil)
    }
}
