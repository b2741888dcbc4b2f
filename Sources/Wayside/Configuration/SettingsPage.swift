/// `Docs/configuration.md`, made from the list of settings.
package enum SettingsPage {
    package static var text: String {
        let rows = SettingKey.all.map { key in
            "| \(key.isSecret ? "–" : "`\(key.option)`") | `\(key.variable)` | \(key.kind.rawValue) | \(key.fallback) | \(key.meaning) |"
        }
        return """
            # Settings

            Made by `wayside settings-page`; a test compares. A setting is taken from the command line, else from the
            environment, else from the settings file, else it has its default. In the file it has the name of its option
            without the hyphens before it. Lists are written `a,b` in the environment, repeated on the command line, and
            as arrays in the file. `data`, `config` and `home` are not read from the file. Truth values are `true` and
            `false`; on the command line they are switches with a `--no-` form. What has no option is secret, and the
            command line is not: it is read from the environment and the settings file only.

            | option | variable | kind | default | meaning |
            |---|---|---|---|---|
            \(rows.joined(separator: "\n"))

            """
    }
}
