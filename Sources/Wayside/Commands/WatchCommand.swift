import ArgumentParser
import Domain
import Foundation
import Logging
import Peer
import ServiceLifecycle
import SiteAgent
import UnixSignals

/// The site agent: follows a folder that a camera writes to, and delivers to a server.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a folder at a site and deliver what comes to a server.",
        discussion: """
            Runs where the camera is, without a data folder. What cannot be delivered is kept and tried again, in parts \
            that go on where they broke off. A file counts as delivered when the server says that it holds bytes of its \
            SHA-256; only then may --keep and --keep-size remove it here. JPEG and raw files go as they are. The token \
            is read from --token-file, else from the environment variable WAYSIDE_TOKEN.

            With --capture a command takes pictures on a schedule, in the folder, without a shell, for example \
            --capture 'gphoto2 --capture-image-and-download --filename %Y%m%d-%H%M%S.%C' --every 10m \
            --between 06:00-20:00.

            Ends with 0 on SIGTERM and SIGINT. With --once: delivers what is there, and ends with 0 when the server has \
            all of it and with 1 otherwise.
            """)

    @Argument(
        help: "The folder; all folders in it count, but none whose name begins with a dot.", completion: .directory)
    var folder: String
    @Option(help: "The camera label that the pictures belong to.") var label: String
    @Option(help: "The server's address, such as https://pictures.example.org.") var to: String
    @Option(help: "A file that holds the token, alone on its first line.", completion: .file()) var tokenFile: String?
    @Option(
        help: "Where the agent keeps what it knows (default: .wayside-watch in the folder).", completion: .directory)
    var state: String?
    @Option(help: "How long delivered files stay here: 30d, 12h (default: for ever).") var keep: String?
    @Option(help: "How much all files may take here before the oldest delivered ones go: 50GB.") var keepSize: String?
    @Option(help: "How much time one upload set takes: 1h, 15m (default: a day).") var setEvery: String?
    @Option(help: "The place's time zone, such as Europe/Paris (default: this machine's).") var timeZone: String?
    @Option(help: "How long a file is left alone after it was written to.") var patience = "3s"
    @Option(help: "Bytes that are sent at a time: 1MB on weak links.") var partSize = "4MB"
    @Option(help: "A command that takes a picture, with its arguments.") var capture: String?
    @Option(help: "How often it is run: 10m.") var every: String?
    @Option(help: "When it is run, by the clocks of the place: 06:00-20:00 (default: all day).") var between: String?
    @Option(help: "How long it may take (default: as often as it is run, at most 2m).") var captureLimit: String?
    @Flag(help: "Pictures that lack their place or time wait at the server to be told; without it they are refused.")
    var holdUnplaced = false
    @Flag(help: "Deliver what is there, complete its upload sets, and end.") var once = false

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        let logger = Logger(label: "wayside.watch")
        let path = Self.absolute(folder)
        let address = try PeerAddress(to, token: try token())
        if address.isInTheClear {
            logger.warning(
                "The token and the pictures can be read on their way: use https", metadata: ["to": "\(address)"])
        }
        let zone = try zone()
        let capturing = try captureService(path, zone, logger)
        let place = state.map(Self.absolute) ?? "\(path)/.wayside-watch"
        guard FileManager.default.fileExists(atPath: path) else {
            throw Failure(.notFound, "There is no folder \(path).")
        }
        let journal = try AgentJournal(path: place)
        guard let lock = try ServerLock(path: "\(place)/lock", exclusive: true) else {
            throw Failure(.conflict, "Another “wayside watch” works with \(place).")
        }
        defer { withExtendedLifetime(lock) {} }
        let agent = try FolderAgent(
            folder: path, journal: journal, server: PeerServer(address), part: try Words.size(partSize),
            rules: try rules(zone), logger: logger)
        logger.notice("Watching", metadata: ["folder": "\(path)", "label": "\(label)", "to": "\(address)"])
        if once { return try await runOnce(agent) }
        try await serve([AgentService(agent)] + (capturing.map { [$0] } ?? []), logger)
        logger.notice("Stopped; what is not delivered is kept")
    }

    private func serve(_ services: [any Service], _ logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(10)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// Looks until nothing grows any more and nothing is left to be tried.
    private func runOnce(_ first: FolderAgent) async throws {
        var agent = first
        var delivered = 0, refused = 0
        while true {
            let result = try await agent.look(at: .now)
            delivered += result.delivered
            refused += result.refused
            if result.unripe == 0 {
                if result.waiting == 0 { try await agent.completeAll() }
                Console.say(
                    "\(Console.count(delivered, "file")) delivered, \(refused) refused, \(result.waiting) waiting")
                guard result.waiting == 0, refused == 0 else { throw ExitCode.failure }
                return
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func rules(_ zone: TimeZone) throws -> AgentRules {
        AgentRules(
            label: try CameraLabel.validName(label), zone: zone, setEvery: try setEvery.map(Words.duration),
            patience: try Words.duration(patience), keep: try keep.map(Words.duration),
            keepSize: try keepSize.map(Words.size), holdsUnplaced: holdUnplaced)
    }

    private func captureService(_ path: String, _ zone: TimeZone, _ logger: Logger) throws -> CaptureService? {
        guard let capture else {
            guard every == nil, between == nil, captureLimit == nil else {
                throw ValidationError("--every, --between and --capture-limit say when --capture is run.")
            }
            return nil
        }
        guard let every else { throw ValidationError("Say with --every how often --capture is run.") }
        guard !once else { throw ValidationError("--once ends, and --capture goes on.") }
        let seconds = try Words.duration(every)
        let limit = try captureLimit.map(Words.duration) ?? min(seconds, 120)
        return CaptureService(
            CaptureCommand(try Words.arguments(capture), folder: path, limit: limit, zone: zone),
            try CaptureSchedule(every: seconds, between: between, zone: zone), logger: logger)
    }

    private func zone() throws -> TimeZone {
        guard let timeZone else { return .current }
        guard let zone = TimeZone(identifier: timeZone) else {
            throw ValidationError("There is no time zone “\(timeZone)”; write it like Europe/Paris.")
        }
        return zone
    }

    private func token() throws -> String {
        guard let tokenFile else {
            guard let token = ProcessInfo.processInfo.environment["WAYSIDE_TOKEN"], !token.isEmpty else {
                throw Failure(.unauthenticated, "Say with --token-file where the token is, or set WAYSIDE_TOKEN.")
            }
            return token
        }
        guard let bytes = FileManager.default.contents(atPath: Self.absolute(tokenFile)),
            let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first
        else { throw Failure(.notFound, "The token file \(tokenFile) is empty or cannot be read.") }
        return String(line)
    }

    private static func absolute(_ path: String) -> String {
        URL(filePath: (path as NSString).expandingTildeInPath).standardizedFileURL.path
    }
}
