import Synchronization

/// The words of every language, read once for each folder of templates.
enum PageDictionary {
    private struct Key: Hashable {
        let folder: String
        let language: Language
    }

    private static let known = Mutex<[Key: PageWords]>([:])

    /// The words of `language`; throws `.internalError` when they cannot be read.
    static func words(_ language: Language, folder: String) throws -> PageWords {
        let key = Key(folder: folder, language: language)
        if let words = known.withLock({ $0[key] }) { return words }
        let words = try PageWords(language: language, folder: folder)
        known.withLock { $0[key] = words }
        return words
    }
}
