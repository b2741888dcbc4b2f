/// One of the things that keep a darkroom whose picture has taken it over from doing harm.
enum Wall: CaseIterable, Sendable {
    case rights
    case network
    case files
    case systemCalls

    /// What stands, for `--check`.
    var sentence: String {
        switch self {
        case .rights: "It has no capability and can gain none."
        case .network: "It is in a network of its own, from which no way leads out."
        case .files:
            "It reads only its program, libraries, models, tables and received files, and writes only where it works."
        case .systemCalls: "The kernel refuses it sockets, processes and programs."
        }
    }

    /// What is possible without it.
    var lack: String {
        switch self {
        case .rights: "It keeps the server's capabilities"
        case .network: "It shares the server's network"
        case .files: "It could read and write what the server may"
        case .systemCalls: "No system call is refused"
        }
    }
}
