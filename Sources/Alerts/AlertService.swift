import Catalogue
import Domain
import Foundation
import Logging
import ServiceLifecycle

/// Looks every minute at what may go wrong, and tells those who want to know.
///
/// Each look and each way of telling has a task of its own, so that none waits for a receiver that is down.
package struct AlertService: Service {
    private let alerts: AlertStore
    private let looks: [AlertLook]
    private let channels: [any AlertChannel]
    private let reminder: TimeInterval
    private let message: @Sendable (AlertNotice) throws -> AlertMessage
    private let clock: ServiceClock
    private let logger: Logger

    /// Between two looks.
    private static let pace = Duration.seconds(60)
    /// Between two glances at what is to be told.
    private static let glance = Duration.seconds(5)
    /// Seconds after which something that nobody took is told no more.
    private static let patience: TimeInterval = 3 * 86_400
    /// Seconds: the first pause after a failed try, which doubles, and the longest.
    private static let (firstPause, longestPause): (TimeInterval, TimeInterval) = (60, 3600)

    /// - Parameters:
    ///   - reminder: seconds between reminders.
    ///   - message: puts what is to be told into words.
    package init(
        alerts: AlertStore, looks: [AlertLook], channels: [any AlertChannel], reminder: TimeInterval,
        message: @escaping @Sendable (AlertNotice) throws -> AlertMessage, clock: ServiceClock = .system, logger: Logger
    ) {
        self.alerts = alerts
        self.looks = looks
        self.channels = channels
        self.reminder = reminder
        self.message = message
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for look in looks { group.addTask { await again(every: Self.pace) { await note(look) } } }
                for channel in channels { group.addTask { await again(every: Self.glance) { await tell(channel) } } }
                group.addTask { await again(every: Self.pace) { await tidy() } }
            }
        }
    }

    private func again(every pause: Duration, _ work: () async -> Void) async {
        repeat { await work() } while (try? await clock.sleep(pause)) != nil
    }

    /// Everything once: looks, and tells what is due.
    package func round() async {
        for look in looks { await note(look) }
        for channel in channels { await tell(channel) }
        await tidy()
    }

    private func note(_ look: AlertLook) async {
        await attempt("What may be amiss could not be looked at", kinds: look.kinds) {
            let findings = try await look.findings(clock.now())
            let steps = try await alerts.note(
                findings, of: look.kinds, channels: channels.map(\.name), reminder: reminder, at: clock.now())
            for step in steps { log(step) }
        }
    }

    private func log(_ step: AlertStep) {
        guard let alert = step.alert, let event = step.event else { return }
        var data: Logger.Metadata = ["kind": "\(alert.topic.kind.rawValue)", "subject": "\(alert.topic.subject)"]
        for (name, value) in alert.details { data[name] = "\(value)" }
        switch event {
        case .raised: logger.warning("An alert was raised", metadata: data)
        case .reminded: logger.warning("An alert is still going on", metadata: data)
        case .recovered: logger.notice("An alert is over", metadata: data)
        }
    }

    /// Tells what is due, one after the other; stops at the first that does not arrive.
    private func tell(_ channel: any AlertChannel) async {
        await attempt("What is to be told could not be read", kinds: []) {
            while let notice = try await alerts.nextNotice(for: channel.name, at: clock.now()) {
                try Task.checkCancellation()
                guard try await send(notice, by: channel) else { return }
            }
        }
    }

    private func send(_ notice: AlertNotice, by channel: any AlertChannel) async throws -> Bool {
        do {
            try await channel.send(try message(notice))
        } catch {
            try Task.checkCancellation()
            let reason = Self.reason(error)
            let pause = min(Self.longestPause, Self.firstPause * pow(2, Double(min(notice.attempts, 10))))
            try await alerts.retry(notice, reason: reason, due: clock.now().addingTimeInterval(pause))
            logger.warning("An alert could not be sent", metadata: ["by": "\(channel.name)", "reason": "\(reason)"])
            return false
        }
        try await alerts.told(notice)
        return true
    }

    private static func reason(_ error: any Error) -> String {
        guard let failure = error as? Failure else { return String("\(error)".prefix(300)) }
        return failure.underlying.map { String("\(failure.message) (\($0))".prefix(300)) } ?? failure.message
    }

    private func tidy() async {
        await attempt("Old alerts could not be forgotten", kinds: []) {
            try await alerts.forget(at: clock.now())
            let end = clock.now().addingTimeInterval(-Self.patience)
            let dropped = try await alerts.drop(before: end, keeping: channels.map(\.name))
            guard dropped > 0 else { return }
            logger.error("Alerts that nobody took are told no more", metadata: ["messages": "\(dropped)"])
        }
    }

    /// Logs what goes wrong; silent in a task that is being stopped.
    private func attempt(_ text: Logger.Message, kinds: Set<AlertTopic.Kind>, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            guard !Task.isCancelled else { return }
            let names = kinds.map(\.rawValue).sorted().joined(separator: ", ")
            logger.error(text, metadata: ["kinds": "\(names)", "reason": "\(Self.reason(error))"])
        }
    }
}
