import Catalogue
import Domain
import Foundation
import Synchronization

/// Signing in with a name and a password, and locking out who guesses.
package struct Login: Sendable {
    let catalogue: Catalogue
    let passwords: Passwords
    let signer: TokenSigner
    private let clock: @Sendable () -> Date
    private let pending = PendingAttempts()

    init(catalogue: Catalogue, passwords: Passwords, signer: TokenSigner, clock: @escaping @Sendable () -> Date) {
        self.catalogue = catalogue
        self.passwords = passwords
        self.signer = signer
        self.clock = clock
    }

    /// A successful sign-in: the account, and the signed text for its cookie.
    package struct Session: Sendable {
        package let account: Account
        package let token: AccessToken
        package let signed: String
    }

    /// - Throws: `.unauthenticated` for a wrong name or password or a disabled account (one and the same answer),
    ///   `.tooMany` while the name or the address is locked.
    package func signIn(name: String, password: String, address: String, userAgent: String?) async throws -> Session {
        let keys = AttemptKey.keys(name: name, address: address)
        for key in keys { pending.begin(key) }
        defer { for key in keys { pending.end(key) } }
        for key in keys { try await refuseIfLocked(key) }
        let credentials = try await catalogue.accounts.credentials(name: name)
        let holds = try await passwords.verify(password, against: credentials?.passwordHash)
        guard holds, let account = credentials?.account, !account.isDisabled else {
            for key in keys { try await count(key) }
            throw Failure(.unauthenticated, "The name or the password is wrong.", details: ["reason": "credentials"])
        }
        try await catalogue.accounts.clearAttempts(key: keys[0].text)
        return try await open(for: account, description: userAgent ?? "")
    }

    /// Opens a session for an account whose identity is established.
    package func open(for account: Account, description: String) async throws -> Session {
        let now = Date()
        let token = AccessToken(
            accountID: account.id, purpose: .session, description: String(description.prefix(200)), createdAt: now,
            expiresAt: now.addingTimeInterval(AccessToken.Purpose.session.lifetime))
        try await catalogue.tokens.insert(token)
        return Session(account: account, token: token, signed: try await signer.sign(token))
    }

    /// Whether it is the person, who says the password once more. Guesses count as when signing in.
    ///
    /// - Throws: `.unprocessable` for a wrong one, `.tooMany` while the name or the address is locked.
    package func confirm(_ account: Account, password: String, address: String) async throws {
        let keys = AttemptKey.keys(name: account.name, address: address)
        for key in keys { pending.begin(key) }
        defer { for key in keys { pending.end(key) } }
        for key in keys { try await refuseIfLocked(key) }
        let credentials = try await catalogue.accounts.credentials(name: account.name)
        guard try await passwords.verify(password, against: credentials?.passwordHash) else {
            for key in keys { try await count(key) }
            throw Failure(.unprocessable, "The present password is wrong.", details: ["reason": "password_wrong"])
        }
    }

    /// Replaces a password that the person knows, ends their other sessions, and opens a new one.
    ///
    /// - Throws: `.unprocessable` (`details["reason"]` says which rule), `.tooMany`.
    package func changePassword(of account: Account, from old: String, to new: String, address: String) async throws
        -> Session
    {
        try await confirm(account, password: old, address: address)
        guard old != new else {
            throw Failure(
                .unprocessable, "The new password must differ from the old one.", details: ["reason": "password_same"])
        }
        try Passwords.checkNew(new, accountName: account.name)
        let hash = try await passwords.hash(new)
        try await catalogue.accounts.setPassword(account.id, hash: hash, mustChange: false)
        try await catalogue.tokens.revokeAll(of: account.id, purpose: .session, except: nil)
        var changed = account
        changed.mustChangePassword = false
        return try await open(for: changed, description: "")
    }

    private func refuseIfLocked(_ key: AttemptKey) async throws {
        let attempts = try await catalogue.accounts.attempts(key: key.text)
        let now = clock()
        if let until = attempts.lockedUntil, until > now { throw Self.locked(for: until.timeIntervalSince(now)) }
        // Attempts that are being checked at this moment count too, so that a volley gains nothing.
        let started = pending.count(key)
        let free = attempts.lockedUntil == nil ? key.limit - attempts.failures : 1
        if started > max(free, 1) { throw Self.locked(for: 1) }
    }

    private func count(_ key: AttemptKey) async throws {
        let now = clock()
        _ = try await catalogue.accounts.countFailure(key: key.text, at: now) { failures in
            let excess = failures - key.limit
            // Half a minute, then twice as long with each further failure, up to a quarter of an hour.
            return excess < 0 ? nil : now.addingTimeInterval(min(900, 30 * pow(2, Double(min(excess, 10)))))
        }
    }

    private static func locked(for seconds: TimeInterval) -> Failure {
        Failure(
            .tooMany, "Too many wrong passwords. Wait a little and try again.",
            details: ["retry_after": "\(Int(seconds.rounded(.up)))"])
    }
}

/// What failed logins are counted by.
private struct AttemptKey: Hashable, Sendable {
    let text: String
    /// Failures before the first lock.
    let limit: Int

    /// The name first, then the address.
    static func keys(name: String, address: String) -> [AttemptKey] {
        [
            AttemptKey(text: AccountStore.attemptKey(of: name), limit: 5),
            AttemptKey(text: "address:" + AddressBlock.ofOneHousehold(address).prefix(100), limit: 30),
        ]
    }
}

/// How many attempts of each key are being checked now.
private final class PendingAttempts: Sendable {
    private let counts = Mutex<[AttemptKey: Int]>([:])

    func begin(_ key: AttemptKey) { counts.withLock { $0[key, default: 0] += 1 } }

    func end(_ key: AttemptKey) {
        counts.withLock { counts in
            let left = (counts[key] ?? 1) - 1
            counts[key] = left > 0 ? left : nil
        }
    }

    func count(_ key: AttemptKey) -> Int { counts.withLock { $0[key] ?? 0 } }
}
