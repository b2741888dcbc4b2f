import Domain

/// An account on the wire.
struct AccountDocument {
    private let account: Account

    init(_ account: Account) { self.account = account }

    /// What the person and administrators see of it.
    var object: JSONObject {
        [
            "id": .string(account.id.string), "name": .string(account.name), "role": .string(account.role.rawValue),
            "must_change_password": .bool(account.mustChangePassword), "is_disabled": .bool(account.isDisabled),
            "created_at": .string(RFC3339.string(account.createdAt)),
        ]
    }

    var json: JSON { .object(object) }
}
