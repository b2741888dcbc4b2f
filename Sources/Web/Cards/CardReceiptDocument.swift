import Domain
import Foundation

/// A receipt on the wire, and as a table.
struct CardReceiptDocument {
    let receipt: CardReceipt
    let baseURL: String
    /// In the language of who asked.
    let sentences: Sentences

    func json(_ signer: CardSigner) throws -> JSON {
        let statement = receipt.statement(instance: baseURL)
        let counts = CardFate.allCases.map {
            JSONObject.Member(name: $0.rawValue, value: .int(receipt.count($0)))
        }
        return .object([
            "instance": .string(statement.instance), "upload_set": .string(statement.uploadSet),
            "camera_label": .string(statement.label), "issued_at": .string(statement.issuedAt),
            "safe_to_wipe": .bool(statement.safeToWipe), "losses_agreed_at": .optional(statement.agreedAt),
            "is_whole": .bool(receipt.isWhole), "losses": .int(receipt.losses.count),
            "losses_sha256": .string(receipt.lossDigest), "counts": .object(JSONObject(members: counts)),
            "files": .array(zip(receipt.lines, statement.files).map { file($0, $1) }),
            "signature": [
                "algorithm": "Ed25519", "public_key": .string(signer.publicKey),
                "value": .string(try signer.sign(statement)),
            ],
            "links": .links([
                Link(rel: "self", href: "\(baseURL)/api/upload_sets/\(receipt.uploadSet)/receipt"),
                Link(rel: "upload_set", href: "\(baseURL)/api/upload_sets/\(receipt.uploadSet)"),
            ]),
        ])
    }

    private func file(_ line: CardLine, _ entry: CardReceipt.Entry) -> JSON {
        var object: JSONObject = [
            "name": .string(entry.name), "size": .int(entry.size), "sha256": .optional(entry.sha256),
            "fate": .string(entry.fate.rawValue),
        ]
        if let reason = entry.reason { object["reason"] = .string(reason) }
        if let message = line.rejection?.message { object["message"] = .string(sentences(message)) }
        return .object(object)
    }

    /// A table (RFC 4180) with a byte order mark, since Excel takes the file for Latin-1 without it.
    var csv: [UInt8] {
        var output: [UInt8] = [0xEF, 0xBB, 0xBF]
        CSVText.write(["name", "size", "sha256", "fate", "reason", "message"], to: &output)
        for (line, entry) in zip(receipt.lines, receipt.statement(instance: baseURL).files) {
            CSVText.write(
                [
                    CSVText.text(entry.name), "\(entry.size)", entry.sha256 ?? "", entry.fate.rawValue,
                    entry.reason ?? "", CSVText.text((line.rejection?.message).map { sentences($0) }),
                ], to: &output)
        }
        return output
    }
}
