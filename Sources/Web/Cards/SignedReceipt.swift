import Domain

/// A receipt as somebody brings it back to have it checked. What is not signed is not read.
package struct SignedReceipt: Decodable, Sendable {
    package struct Signature: Decodable, Sendable {
        let algorithm: String
        let value: String
    }

    package struct File: Decodable, Sendable {
        let name: String
        let size: Int64
        let sha256: String?
        let fate: CardFate
        let reason: String?
    }

    let instance: String
    let uploadSet: String
    package let label: String
    package let issuedAt: String
    package let safeToWipe: Bool
    let agreedAt: String?
    package let files: [File]
    let signature: Signature

    enum CodingKeys: String, CodingKey {
        case instance, files, signature
        case uploadSet = "upload_set"
        case label = "camera_label"
        case issuedAt = "issued_at"
        case safeToWipe = "safe_to_wipe"
        case agreedAt = "losses_agreed_at"
    }

    package var statement: CardStatement {
        CardStatement(
            instance: instance, uploadSet: uploadSet, label: label, issuedAt: issuedAt, safeToWipe: safeToWipe,
            agreedAt: agreedAt,
            files: files.map {
                CardReceipt.Entry(name: $0.name, size: $0.size, sha256: $0.sha256, fate: $0.fate, reason: $0.reason)
            })
    }
}
