import Crypto
import Domain
import Foundation

/// What became of every file of a card, at one moment: those that would be lost with it first, then by path.
package struct CardReceipt: Sendable {
    package struct Entry: Hashable, Sendable {
        let name: String
        /// Bytes.
        let size: Int64
        let sha256: String?
        let fate: CardFate
        /// Why it would be lost: a reason of a refusal, or what the file is by its name.
        let reason: String?

        package init(name: String, size: Int64, sha256: String?, fate: CardFate, reason: String?) {
            self.name = name
            self.size = size
            self.sha256 = sha256
            self.fate = fate
            self.reason = reason
        }
    }

    let uploadSet: UploadSetID
    let label: String
    let issuedAt: Date
    /// Whether all of the card was listed and the upload set is complete.
    let isWhole: Bool
    /// When a person agreed to lose what is lost now; nil while nobody has.
    let agreedAt: Date?
    let lines: [CardLine]

    init(_ set: UploadSet, label: String, state: CardState, lines: [CardLine], at moment: Date) {
        uploadSet = set.id
        self.label = label
        issuedAt = moment
        isWhole = state.listedAt != nil && set.completedAt != nil
        self.lines = lines.sorted { Self.place($0) < Self.place($1) }
        agreedAt = state.agreedLosses == Self.digest(of: self.lines) ? state.agreedAt : nil
    }

    private static func place(_ line: CardLine) -> (Int, String) {
        (CardFate.allCases.firstIndex(of: line.fate) ?? 0, line.path)
    }

    var losses: ArraySlice<CardLine> { lines.prefix { $0.fate.isLoss } }
    /// Files that are still being worked on.
    var working: Int { lines.count { $0.fate == .working } }

    /// Names the list of losses that a person agrees to: with one more or one less it is another.
    var lossDigest: String { Self.digest(of: lines) }

    /// “Safe to wipe this card”: all of it is known, and each file is a picture here, or kept for another try, or may be
    /// lost by the word of a person.
    var isSafe: Bool {
        isWhole && !lines.isEmpty && working == 0 && (losses.isEmpty || agreedAt != nil)
    }

    func count(_ fate: CardFate) -> Int { lines.count { $0.fate == fate } }

    private static func digest(of lines: [CardLine]) -> String {
        let text = lines.prefix { $0.fate.isLoss }.map { "\($0.fate.rawValue) \($0.size) \($0.path)\n" }.joined()
        return HexadecimalText.of(SHA256.hash(data: Data(text.utf8)))
    }

    /// What is signed.
    func statement(instance: String) -> CardStatement {
        CardStatement(
            instance: instance, uploadSet: uploadSet.string, label: label, issuedAt: RFC3339.string(issuedAt),
            safeToWipe: isSafe, agreedAt: agreedAt.map { RFC3339.string($0) },
            files: lines.map { line in
                Entry(
                    name: line.path, size: line.size, sha256: line.sha256, fate: line.fate,
                    reason: line.rejection?.reason.rawValue ?? line.kind?.rawValue)
            })
    }
}
