import Catalogue
import CatalogueSQLite
import Domain
import Foundation
import Intake
import Storage
import Web

/// The data folder, opened: what commands work with, beside a running server or without one.
struct Instance {
    let settings: Settings
    let catalogue: Catalogue

    /// Opens the catalogue of the data folder.
    ///
    /// - Parameter creating: makes it when there is none; else that is an error, so that a mistyped folder is noticed.
    static func open(
        _ options: DataOptions, _ storage: StorageOptions? = nil, creating: Bool = false
    ) async throws -> Instance {
        let arguments = options.arguments + (storage?.arguments ?? [])
        let settings = try await SettingsSources(arguments: arguments).settings()
        return try await open(settings, creating: creating)
    }

    static func open(_ settings: Settings, creating: Bool) async throws -> Instance {
        guard creating || settings.data.isThere else {
            throw Failure(
                .notFound,
                """
                There is no Wayside data in \(settings.data.path); name the folder with --data or WAYSIDE_DATA, \
                or start the server once.
                """)
        }
        try settings.data.prepare()
        let engine = try await SQLiteEngine(path: settings.data.catalogue, migrations: settings.migrationsFolder)
        return Instance(settings: settings, catalogue: Catalogue(engine: engine))
    }

    func account(named name: String) async throws -> Account {
        guard let account = try await catalogue.accounts.find(name: name) else {
            throw Failure(.notFound, "There is no account “\(name)”.")
        }
        return account
    }

    func label(named name: String) async throws -> CameraLabel {
        guard let label = try await catalogue.labels.find(name: name, viewer: .system) else {
            throw Failure(.notFound, "There is no camera label “\(name)”.")
        }
        return label
    }

    func audit(_ action: String, subject: String, _ details: [String: String] = [:]) async throws {
        try await catalogue.audit.record(action, by: .system, subject: subject, details: details, at: .now)
    }

    func intake() throws -> Intake {
        try Intake(
            catalogue: catalogue, stagingFolder: settings.data.staging, maximumFileSize: settings.maximumFileSize,
            partialRules: settings.partialRules)
    }
}
