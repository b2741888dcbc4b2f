import Crypto
import Domain
import Foundation

/// One request to erase something, inside the transaction that takes it out of sight: the receipt and its proofs.
struct ErasureRequest {
    let id = ErasureID()
    let kind: Erasure.Kind
    let subject: String
    /// Who asked; nil for the server itself.
    let requestedBy: AccountID?
    let moment: Date
    private let salt = SymmetricKey(size: .bits256).withUnsafeBytes { HexadecimalText.of($0) }

    init<Of>(_ kind: Erasure.Kind, _ subject: Identifier<Of>, by viewer: Viewer, at moment: Date) {
        self.init(kind, subject: subject.string, for: viewer.accountID, at: moment)
    }

    /// - Parameter requester: who asked; nil for the server itself.
    init(_ kind: Erasure.Kind, subject: String, for requester: AccountID?, at moment: Date) {
        self.kind = kind
        self.subject = subject
        requestedBy = requester
        self.moment = moment
    }

    /// Writes the receipt, pending.
    func begin(_ connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO erasures (id, kind, subject, requested_by, requested_at, pictures, handed_over, salt)
            VALUES (\(id), \(kind.rawValue), \(subject), \(requestedBy), \(moment), 0, 0, \(salt))
            """)
    }

    /// Notes the pictures that `condition` (on `pictures`) holds for, before they are hidden.
    func note(where condition: SQLStatement, _ connection: any SQLConnection) throws {
        let chosen = try connection.rows(
            "SELECT id, original_sha256 FROM pictures WHERE \(condition) AND erased_at IS NULL"
        ) { ($0.id(PictureID.self), $0.text()) }
        for (picture, hash) in chosen {
            try connection.execute(
                """
                INSERT INTO erasure_pictures (picture_id, erasure_id, digest)
                VALUES (\(picture), \(id), \(HexadecimalText.of(SHA256.hash(data: Data((salt + hash).utf8)))))
                """)
        }
        try connection.execute("UPDATE erasures SET pictures = pictures + \(chosen.count) WHERE id = \(id)")
    }

    /// Ends the receipt at once when there was nothing to remove.
    func finishIfEmpty(_ connection: any SQLConnection) throws {
        try Self.finish(id, at: moment, connection)
    }

    /// The last byte of a picture is gone; ends its receipt with the last of them.
    static func gone(_ picture: PictureID, at moment: Date, _ connection: any SQLConnection) throws {
        let erasure = try connection.first(
            "SELECT erasure_id FROM erasure_pictures WHERE picture_id = \(picture) AND gone_at IS NULL"
        ) { $0.id(ErasureID.self) }
        guard let erasure else { return }
        try connection.execute(
            """
            UPDATE erasure_pictures SET gone_at = \(moment)
            WHERE picture_id = \(picture) AND erasure_id = \(erasure)
            """)
        try finish(erasure, at: moment, connection)
    }

    /// Ends the receipt, unless something of it is still there.
    static func finish(_ id: ErasureID, at moment: Date, _ connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE erasures SET finished_at = \(moment) WHERE id = \(id) AND finished_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM erasure_pictures WHERE erasure_id = \(id) AND gone_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM unwanted_files WHERE erasure_id = \(id))
            """)
    }
}
