import Foundation

/// What a camera label says of originals: the policy, and what it needs.
package struct OriginalsRule: Hashable, Sendable, Codable {
    package let policy: OriginalsPolicy
    /// The sealing key of `sealed`, and of nothing else.
    package let keyID: String?
    /// Days after which a sealed or kept original is discarded; nil: with its picture.
    package let days: Int?
    /// Whether raw files are taken at all; what becomes of them is what becomes of originals.
    package let takesRaw: Bool

    package static let discard = OriginalsRule(checked: .discard, keyID: nil, days: nil, takesRaw: true)

    /// The longest retention, days.
    package static let mostDays = 36_500

    /// - Throws: `.unprocessable` when `sealed` has no key, and when the days are not 1 to `mostDays`.
    package init(
        _ policy: OriginalsPolicy, keyID: String? = nil, days: Int? = nil, takesRaw: Bool = true
    ) throws {
        guard policy != .sealed || keyID != nil else {
            throw Failure(
                .unprocessable, "Sealed originals need a key to seal them to.", details: ["reason": "key_needed"])
        }
        if policy != .discard, let days, !(1...Self.mostDays).contains(days) {
            throw Failure(
                .unprocessable, "Originals are kept for 1 to \(Self.mostDays) days, or without a limit.",
                details: ["reason": "days_wrong"])
        }
        self.init(
            checked: policy, keyID: policy == .sealed ? keyID : nil, days: policy == .discard ? nil : days,
            takesRaw: takesRaw)
    }

    /// Trusts what the catalogue holds.
    package init(stored policy: OriginalsPolicy, keyID: String?, days: Int?, takesRaw: Bool) {
        self.init(checked: policy, keyID: keyID, days: days, takesRaw: takesRaw)
    }

    private init(checked policy: OriginalsPolicy, keyID: String?, days: Int?, takesRaw: Bool) {
        self.policy = policy
        self.keyID = keyID
        self.days = days
        self.takesRaw = takesRaw
    }

    /// When an original that is stored at `moment` is to go.
    package func expiry(from moment: Date) -> Date? { days.map { moment.addingTimeInterval(Double($0) * 86_400) } }
}
