import DarkroomProtocol
import Domain
import Foundation
import Glibc
import Logging
import Subprocess
import SystemPackage

/// One child process, from its start until it is given up.
struct DarkroomChild: Sendable {
    typealias Process = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

    /// Why a child's life ended.
    enum End: Hashable, Sendable {
        /// No more orders.
        case closed
        /// It has done its share, or grown, or waited too long: a fresh one takes over.
        case worn
        /// In the middle of an order.
        case lost(DarkroomFault)
    }

    let settings: DarkroomSettings
    let orders: WaitingLine<DarkroomOrder>
    let meter: UsageMeter
    let logger: Logger

    /// Starts a child for the first order and keeps it for those that follow. Every order taken is answered, but for
    /// one that came too late for this child: that is given back.
    func live(first: DarkroomOrder) async -> (end: End, late: DarkroomOrder?) {
        let current = CurrentOrder()
        current.begin(first)
        let end = await process(first, current)
        guard let order = current.take() else { return (end, nil) }
        switch end {
        case _ where Task.isCancelled: order.answer.resume(throwing: CancellationError())
        case .lost(let fault): order.answer.resume(throwing: fault)
        case .closed, .worn: return (end, order)
        }
        return (end, nil)
    }

    private func process(_ first: DarkroomOrder, _ current: CurrentOrder) async -> End {
        let watch = ChildWatch(settings)
        do {
            let result = try await run(
                configuration, input: .inputWriter, output: .sequence, error: .sequence
            ) { process in
                await supervise(process, first, current, watch)
            }
            return ending(result.closureResult, result.terminationStatus, watch)
        } catch {
            logger.failure("A darkroom child cannot be started", error)
            return .lost(.cannotStart)
        }
    }

    private var configuration: Configuration {
        var options = PlatformOptions()
        // A group of its own: an interrupt from the keyboard is for the server alone to decide upon.
        options.processGroupID = 0
        return Configuration(
            executable: .path(FilePath(settings.executable)), arguments: Arguments(settings.arguments),
            environment: .custom([[UInt8]]()), workingDirectory: FilePath(settings.workingFolder),
            platformOptions: options)
    }

    /// What the conversation saw.
    private enum Conversation: Hashable {
        case closed, worn, unintelligible
        /// The child stopped answering; the count is of the requests it had answered before.
        case silent(served: Int)
    }

    private func supervise(
        _ process: Process, _ first: DarkroomOrder, _ current: CurrentOrder, _ watch: ChildWatch
    ) async -> Conversation {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await watch.run(pid: process.processIdentifier.value) { Self.kill(process) }
            }
            group.addTask { await drain(process.standardError) }
            let conversation = await converse(process, first, current, watch)
            // It has nothing to tidy up that this side does not. One that died by itself keeps its exit status.
            Self.kill(process)
            group.cancelAll()
            return conversation
        }
    }

    private func converse(
        _ process: Process, _ first: DarkroomOrder, _ current: CurrentOrder, _ watch: ChildWatch
    ) async -> Conversation {
        var answers = LineReader(process.standardOutput)
        var order = first
        var (served, taken) = (0, 0.0)
        while true {
            let limit = order.request.work == .inspect ? settings.inspectLimit : settings.developLimit
            guard watch.begin(limit: limit) else { return .worn }
            guard let line = await exchange(order.request, process, &answers) else { return .silent(served: served) }
            watch.end()
            taken = meter.note(pid: process.processIdentifier.value, before: taken)
            guard let reply = try? LineCoding.decode(TreatmentReply.self, from: line), reply.id == order.request.id,
                reply.outcome.isSound(for: order.request)
            else { return .unintelligible }
            if case .developed = reply.outcome { meter.countPicture() }
            current.take()?.answer.resume(returning: reply.outcome)
            served += 1
            // One that is unable to do its work shut itself in with what was there when it started: the next may find
            // the model that is back.
            if case .failed = reply.outcome { return .worn }
            if isWorn(process, served: served) { return .worn }
            guard let next = await orders.next() else { return .closed }
            order = next
            current.begin(order)
        }
    }

    /// Sends a request and waits for the line that answers it; nil when the child is gone.
    private func exchange(_ request: TreatmentRequest, _ process: Process, _ answers: inout LineReader) async
        -> [UInt8]?
    {
        do {
            _ = try await process.standardInputWriter.write(Array(LineCoding.encode(request)))
            return try await answers.next()
        } catch {
            return nil
        }
    }

    private func isWorn(_ process: Process, served: Int) -> Bool {
        if served >= settings.requestsPerChild { return true }
        let memory = ChildWatch.residentMemory(of: process.processIdentifier.value) ?? 0
        guard memory > settings.memoryLimit else { return false }
        logger.notice("A darkroom child has grown and is replaced", metadata: ["bytes": "\(memory)"])
        return true
    }

    private func ending(_ conversation: Conversation, _ status: TerminationStatus, _ watch: ChildWatch) -> End {
        switch (conversation, status) {
        case (.closed, _): .closed
        case (.worn, _): .worn
        case (.unintelligible, _): .lost(.unintelligible)
        case (.silent(let served), .exited(let code)):
            // One that ends by itself before its first answer misses a library or a model: not the picture's fault.
            .lost(watch.verdict ?? (served == 0 ? .cannotStart : .ended(code: code)))
        // Out of the processor time that it allows itself for one request.
        case (.silent, .signaled(SIGXCPU)): .lost(watch.verdict ?? .hung)
        case (.silent, .signaled(let signal)): .lost(watch.verdict ?? .crashed(signal: signal))
        }
    }

    /// Keeps the child's complaints from filling their pipe; the first few are logged.
    private func drain(_ errors: SubprocessOutputSequence) async {
        var logged = 0
        do {
            for try await buffer in errors where logged < 20 {
                logged += 1
                let text = buffer.withUnsafeBytes { String(decoding: $0.prefix(500), as: UTF8.self) }
                // What it could not shut itself off from is the operator's business.
                let level = text.hasPrefix(Self.missingWall) ? Logger.Level.warning : .debug
                logger.log(level: level, "A darkroom child complains", metadata: ["text": "\(text)"])
            }
        } catch {
            // The child is gone, or this task was cancelled: nothing more to read.
        }
    }

    /// How a complaint about something that the kernel lacks begins.
    private static let missingWall = "walls: "

    private static func kill(_ process: Process) {
        try? process.send(signal: .kill, toProcessGroup: true)
    }
}
