import Domain
import Foundation

/// What administrators say of the whole instance.
package struct InstanceSettingsStore: Sendable {
    let engine: any SQLEngine

    package func find() async throws -> InstanceSettings {
        try await engine.read { try Self.find($0) }
    }

    /// Changes what is there now, and writes to the audit log which parts changed.
    ///
    /// - Returns: as it is now.
    package func change(
        by viewer: Viewer, at moment: Date, _ change: @escaping @Sendable (inout InstanceSettings) throws -> Void
    ) async throws -> InstanceSettings {
        try await engine.write { connection in
            let before = try Self.find(connection)
            var settings = before
            try change(&settings)
            guard settings != before else { return before }
            try connection.execute(
                """
                INSERT INTO instance_settings (id, settings, updated_at)
                VALUES (1, \(try JSONText.encode(settings)), \(moment))
                ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at
                """)
            var details: [String: String] = [:]
            if settings.name != before.name { details["name"] = settings.name ?? "" }
            if settings.accent != before.accent { details["accent"] = settings.accent ?? "" }
            if settings.languages != before.languages {
                details["languages"] = settings.languages.joined(separator: " ")
            }
            if settings.terms != before.terms { details["terms"] = settings.terms.keys.sorted().joined(separator: " ") }
            try AuditStore.insert(
                "instance.changed", by: viewer, subject: "instance", details: details, at: moment, connection)
            return settings
        }
    }

    private static func find(_ connection: any SQLConnection) throws -> InstanceSettings {
        try connection.first("SELECT settings FROM instance_settings WHERE id = 1") {
            try $0.json(InstanceSettings.self)
        } ?? InstanceSettings()
    }
}
