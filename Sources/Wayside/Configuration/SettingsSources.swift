import Configuration
import Domain
import Foundation

/// Where settings come from, in the order in which they count.
package struct SettingsSources: Sendable {
    /// As on a command line: `["--port", "8443"]`.
    package var arguments: [String]
    package var environment: [String: String]

    package init(arguments: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.arguments = arguments
        self.environment = environment
    }

    /// Reads everything. Throws `.unprocessable` for what is there and cannot be understood.
    package func settings() async throws -> Settings {
        let immediate: [any ConfigProvider] = [
            CommandLineArgumentsProvider(arguments: ["wayside"] + arguments),
            EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty }).prefixKeys(
                with: ["wayside"]),
        ]
        let first = SettingsReader(immediate)
        let home = try first.path(.home) ?? HomeFolder.find()
        let data = try first.path(.data) ?? "\(home)/var"
        let named = try first.path(.config)
        guard let file = named ?? Self.existing("\(data)/wayside.json") else {
            return try Settings(first, home: home, data: data, file: nil)
        }
        let reader = SettingsReader(immediate + [try await Self.provider(of: file)])
        return try Settings(reader, home: home, data: data, file: file)
    }

    private static func existing(_ path: String) -> String? {
        FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static func provider(of path: String) async throws -> any ConfigProvider {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.unprocessable, "The settings file \(path) cannot be read.")
        }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw Failure(.unprocessable, "The settings file \(path) is not a JSON object.")
        }
        let inFile = SettingKey.all.filter { $0 != .config && $0 != .home && $0 != .data }
        if let unknown = Set(object.keys).subtracting(inFile.map(\.name)).min() {
            throw Failure(.unprocessable, "The settings file \(path) has “\(unknown)”, which is no setting of it.")
        }
        do {
            let place = ConfigReader(
                provider: InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)]))
            return try await FileProvider<JSONSnapshot>(config: place)
        } catch {
            throw Failure(.unprocessable, "The settings file \(path) cannot be understood.", underlying: error)
        }
    }
}
