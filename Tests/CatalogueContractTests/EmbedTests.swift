import Catalogue
import Domain
import Foundation
import TestSupport
import Testing

@Suite("Pictures shown on other sites")
struct EmbedTests {
    private let test: TestCatalogue
    private let label: CameraLabel
    private let owner: Account
    private let reader: Account
    private let now = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded())

    init() async throws {
        test = try await TestCatalogue(.sqlite)
        label = try await test.addLabel("CAM-7")
        owner = try await test.addAccount("olga", grants: [label])
        reader = try await test.addAccount("rita", .viewer, grants: [label])
    }

    private var embeds: EmbedStore { test.catalogue.embeds }

    private func embed(_ picture: PictureID, by account: Account) async throws -> Embed {
        let embed = Embed(
            pictureID: picture, accountID: account.id, origins: ["https://example.org"], createdAt: now,
            expiresAt: now.addingTimeInterval(86_400))
        try await embeds.insert(embed, by: account.viewer)
        return embed
    }

    @Test("one is made by who sees the picture, listed to its maker and to administrators, and ended by them")
    func making() async throws {
        let picture = try await test.addPreparedPicture(by: owner, label: label)
        let stranger = try await test.addAccount("sven", .viewer)
        let admin = try await test.addAccount("ada", .admin)
        await #expect(throws: Failure.self) { _ = try await embed(picture, by: stranger) }
        let made = try await embed(picture, by: reader)
        #expect(try await embeds.list(limit: 10, viewer: reader.viewer) == [made])
        #expect(try await embeds.list(picture: picture, limit: 10, viewer: admin.viewer) == [made])
        #expect(try await embeds.list(limit: 10, viewer: owner.viewer).isEmpty)
        #expect(try await embeds.list(limit: 10, viewer: .guest).isEmpty)
        #expect(try await embeds.picture(made.id, at: now)?.id == picture)
        await #expect(throws: Failure.self) { try await embeds.revoke(made.id, by: owner.viewer, at: now) }
        try await embeds.revoke(made.id, by: admin.viewer, at: now)
        #expect(try await embeds.picture(made.id, at: now) == nil)
        let audit = try await test.catalogue.audit.list(AuditFilter(action: "picture"), before: nil, limit: 10)
        #expect(audit.map(\.action) == ["picture.embed-revoked", "picture.embedded"])
    }

    @Test("what nobody else may see, or is not ready, cannot be shown elsewhere, not even by its owner")
    func refused() async throws {
        let hidden = try await test.addPreparedPicture(by: owner, label: label, visibility: .ownerOnly)
        let waiting = try await test.admit(to: try await test.addUploadSet(by: owner, label: label))
        for picture in [hidden, waiting] {
            let failure = await #expect(throws: Failure.self) { _ = try await embed(picture, by: owner) }
            #expect(failure?.details["reason"] == "not_shown")
        }
    }

    @Test("it is dead once the picture is hidden, reported, deleted, or its maker may not see it or is out")
    func dead() async throws {
        let changes: [(PictureID) async throws -> Void] = [
            { try await test.catalogue.pictures.setVisibility($0, .ownerOnly) },
            { _ in try await test.catalogue.labels.withdraw(label.id, from: reader.id) },
            { _ in
                var account = reader
                account.isDisabled = true
                try await test.catalogue.accounts.update(account)
            },
            { try await test.catalogue.pictures.delete($0) },
        ]
        for change in changes {
            try await test.catalogue.labels.grant(label.id, to: reader.id)
            try await test.catalogue.accounts.update(reader)
            let picture = try await test.addPreparedPicture(by: owner, label: label)
            let made = try await embed(picture, by: reader)
            #expect(try await embeds.picture(made.id, at: now) != nil)
            try await change(picture)
            #expect(try await embeds.picture(made.id, at: now) == nil)
        }
    }

    @Test("its time ends, and a while later it is forgotten")
    func over() async throws {
        let made = try await embed(try await test.addPreparedPicture(by: owner, label: label), by: owner)
        #expect(try await embeds.picture(made.id, at: made.expiresAt.addingTimeInterval(-1)) != nil)
        #expect(try await embeds.picture(made.id, at: made.expiresAt) == nil)
        try await embeds.forget(before: made.expiresAt)
        #expect(try await embeds.list(limit: 10, viewer: .system).count == 1)
        try await embeds.forget(before: made.expiresAt.addingTimeInterval(1))
        #expect(try await embeds.list(limit: 10, viewer: .system).isEmpty)
    }
}
