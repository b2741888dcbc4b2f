/// What became of a raw file once its picture was made.
package enum RawFate: Hashable, Sendable {
    case stored(StoredOriginal)
    /// Its label keeps none, or takes none: nothing is left of it.
    case discarded(Rejection)

    /// Why a raw file is not there beside its JPEG; nil when the rule lets it be.
    package static func refusal(of name: String, by rule: OriginalsRule) -> Rejection? {
        if let rejection = refusal(ofEvery: name, by: rule) { return rejection }
        guard rule.policy == .discard else { return nil }
        let kind = RawFormat(name: name)?.ending ?? ""
        return Rejection(
            .invalidFile,
            "The raw file (\(kind)) is not kept: this camera label discards originals, and a raw file shows every face. The picture is made from its JPEG.",
            details: ["cause": "raw_discarded", "extension": kind.lowercased()])
    }

    /// Why a label takes no raw file at all, with or without a JPEG; nil when it does.
    package static func refusal(ofEvery name: String, by rule: OriginalsRule) -> Rejection? {
        guard !rule.takesRaw else { return nil }
        let kind = RawFormat(name: name)?.ending ?? ""
        return Rejection(
            .invalidFile, "This camera label takes JPEG pictures only, no raw files (\(kind)).",
            details: ["cause": "raw_refused", "extension": kind.lowercased()])
    }
}
