import Catalogue
import Domain
import Foundation
import TestSupport
import Web

/// A server that shows pictures to guests, a trip of two pictures, and something that happens to one of them or to the
/// whole trip; with everybody who could look.
struct HiddenScene: Sendable {
    /// What happens; the first picture alone, or everything.
    enum Change: String, CaseIterable, Sendable {
        case nothing, openPicture, hiddenPicture, area, ownArea, allowedArea, deletedPicture
        case openSequence, hiddenSequence, deletedSequence, openSet, hiddenSet, deletedSet, deletedAccount
        /// They can be taken back for a while.
        case deletedPictureForNow, deletedSequenceForNow, deletedSetForNow

        var isDeletion: Bool { rawValue.hasPrefix("deleted") }
        var opens: Bool { rawValue.hasPrefix("open") }
        /// Whether the second picture shares the fate of the first.
        var isOfAll: Bool {
            switch self {
            case .openSequence, .hiddenSequence, .deletedSequence, .openSet, .hiddenSet, .deletedSet, .deletedAccount,
                .deletedSequenceForNow, .deletedSetForNow:
                true
            default: false
            }
        }

        /// Who sees what it happens to, afterwards.
        func isSeen(by who: Who) -> Bool {
            if isDeletion { return false }
            if who == .owner || who == .admin || opens { return true }
            return self == .nothing && who.hasGrant
        }
    }

    enum Who: String, CaseIterable, Sendable {
        case guest, owner, viewerIn, viewerOut, fieldIn, fieldOut, managerIn, managerOut, admin

        var hasGrant: Bool { rawValue.hasSuffix("In") || self == .owner || self == .admin }

        fileprivate var role: Role {
            switch self {
            case .viewerIn, .viewerOut, .guest: .viewer
            case .fieldIn, .fieldOut, .owner: .field
            case .managerIn, .managerOut: .manager
            case .admin: .admin
            }
        }
    }

    let server: TestServer
    let label: CameraLabel
    let set: UploadSet
    /// The one it happens to, then the other.
    let pictures: [PictureID]
    let sequence: SequenceID
    let accounts: [Who: Account]
    let tokens: [Who: String]
    let area: ExcludedArea
    let foreignToken: AccessTokenID
    /// For all labels.
    let scheme: ClassSchemeID

    static let places = [
        GeoPoint(longitude: 2.3522, latitude: 48.8566), GeoPoint(longitude: 2.3542, latitude: 48.8576),
    ]

    init() async throws {
        server = try await TestServer { $0.isPublic = true }
        let test = server.test
        label = try await test.addLabel("Alpha-7")
        let other = try await test.addLabel("Beta-9")
        var (accounts, tokens): ([Who: Account], [Who: String]) = ([:], [:])
        for who in Who.allCases where who != .guest {
            let account = try await test.addAccount(
                who == .owner ? "olga-owner" : "asking-\(who)", who.role, grants: [who.hasGrant ? label : other])
            accounts[who] = account
            tokens[who] = try await server.token(of: account)
        }
        (self.accounts, self.tokens) = (accounts, tokens)
        guard let owner = accounts[.owner], let admin = accounts[.admin] else {
            throw Failure(.internalError, "The scene was not made.")
        }
        let added = try await test.addPreparedPictures(
            zip(["HIDDEN_0001.JPG", "SECOND_0002.JPG"], Self.places).enumerated().map { index, item in
                TestPicture(
                    item.0, at: item.1, capturedAt: TestCatalogue.epoch.addingTimeInterval(Double(index)),
                    type: .equirectangular)
            }, by: owner, label: label, title: "secret-trip")
        (set, pictures) = (added.set, added.pictures)
        guard let sequence = try await test.catalogue.pictures.find(pictures[0], viewer: .system)?.sequenceID else {
            throw Failure(.internalError, "The scene was not made.")
        }
        self.sequence = sequence
        for picture in pictures { try await server.fillStore(for: picture) }
        let far = try GeoShape(coordinates: [[[[20, 20], [21, 20], [21, 21], [20, 20]]]])
        area = ExcludedArea(label: "far away", shape: far)
        _ = try await test.catalogue.areas.add(area)
        let classes = try ClassScheme(
            name: "State", key: "state", subject: .picture,
            classes: [try PictureClass(value: "good", english: "", french: "", colour: "#2a9d5c", digit: 1)])
        try await test.catalogue.classes.create(classes, by: .system)
        scheme = classes.id
        foreignToken = try await server.services.issueToken(for: admin, description: "").token.id
    }

    var owner: Account? { accounts[.owner] }

    /// What must not be told of the changed thing to who does not see it.
    func secrets(_ change: Change) -> [String] {
        let first = [pictures[0].string, "HIDDEN_0001"]
        guard change.isOfAll else { return first }
        let trip = first + [pictures[1].string, "SECOND_0002", sequence.string]
        // Of a trip alone the batch that it came from stays, and its title.
        return [.hiddenSequence, .deletedSequence, .deletedSequenceForNow].contains(change)
            ? trip : trip + [set.id.string, "secret-trip"]
    }

    /// A path of the route table with everything filled in.
    func fill(_ text: String) -> String {
        let values = [
            "picture": pictures[0].string, "sequence": sequence.string, "set": set.id.string,
            "label": label.id.string, "owner": owner?.id.string ?? "", "foreignToken": foreignToken.string,
            "area": area.id.string, "ownArea": area.id.string, "receipt": ErasureID().string,
            "removal": RemovalID().string,
            "route": RouteID().string, "scheme": scheme.string,
        ]
        return values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// Lets it happen, through the catalogue as the routes do.
    func perform(_ change: Change) async throws {
        let catalogue = server.test.catalogue
        guard let owner else { return }
        switch change {
        case .nothing: break
        case .openPicture: try await catalogue.pictures.setVisibility(pictures[0], .anyone)
        case .hiddenPicture: try await catalogue.pictures.setVisibility(pictures[0], .ownerOnly)
        case .area: _ = try await catalogue.areas.add(ExcludedArea(label: "here", shape: try around(0)))
        case .ownArea:
            _ = try await catalogue.areas.add(
                ExcludedArea(accountID: owner.id, label: "home", shape: try around(0)))
        case .allowedArea:
            _ = try await catalogue.areas.add(
                ExcludedArea(label: "there", kind: .allowed, shape: try around(1)))
        case .deletedPicture: try await catalogue.pictures.delete(pictures[0], by: owner.viewer)
        case .openSequence: try await setSequence(.anyone)
        case .hiddenSequence: try await setSequence(.ownerOnly)
        case .deletedSequence: try await catalogue.sequences.delete(sequence, by: owner.viewer)
        case .openSet, .hiddenSet:
            let edit = UploadSetEdit(visibility: change == .openSet ? .anyone : .ownerOnly)
            try await catalogue.uploadSets.edit(set.id, edit, by: owner.viewer)
        case .deletedSet: try await catalogue.uploadSets.delete(set.id, by: owner.viewer)
        case .deletedPictureForNow:
            _ = try await catalogue.removals.remove(pictures[0], until: .distantFuture, by: owner.viewer)
        case .deletedSequenceForNow:
            _ = try await catalogue.removals.remove(sequence, until: .distantFuture, by: owner.viewer)
        case .deletedSetForNow:
            _ = try await catalogue.removals.remove(set.id, until: .distantFuture, by: owner.viewer)
        case .deletedAccount: try await catalogue.accounts.delete(owner.id, leaving: .erased, by: .system)
        }
        server.services.sessions.forget()
    }

    private func setSequence(_ visibility: Visibility) async throws {
        let edit = SequenceEdit(visibility: visibility)
        try await server.test.catalogue.sequences.edit(sequence, edit, by: .system)
    }

    private func around(_ index: Int) throws -> GeoShape {
        let (x, y) = (Self.places[index].longitude, Self.places[index].latitude)
        let ring = [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1), (-1, -1)].map { [x + $0 * 0.0005, y + $1 * 0.0005] }
        return try GeoShape(coordinates: [[ring]])
    }
}
