import DarkroomProtocol
import Domain
import Foundation
import Glibc
import Logging
import Metrics

/// Long-lived `wayside-darkroom` children, and the line of pictures in front of them.
///
/// A child that crashes, hangs, grows or talks nonsense costs the picture it worked on one attempt, and is replaced.
package final class DarkroomPool: Sendable {
    package let settings: DarkroomSettings
    private let orders = WaitingLine<DarkroomOrder> { $0.request.isUrgent }
    private let meter = UsageMeter()
    private let logger: Logger
    private let clock: ServiceClock

    package init(settings: DarkroomSettings, clock: ServiceClock = .system, logger: Logger) {
        self.settings = settings
        self.clock = clock
        self.logger = logger
    }

    /// How many requests wait for a child.
    package var waiting: Int { orders.count }

    /// What the children have taken since this began.
    package var usage: DarkroomUsage { meter.usage }

    /// Has one request answered by the next free child.
    ///
    /// Throws `DarkroomFault` when the child was lost, `CancellationError` when the pool has ended.
    package func treat(_ request: TreatmentRequest) async throws -> TreatmentReply.Outcome {
        try await withCheckedThrowingContinuation { continuation in
            if !orders.append(DarkroomOrder(request: request, answer: continuation)) {
                continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Runs the children until `close()` is called, or the task is cancelled: then they are killed.
    /// Every request is answered when this returns.
    package func run() async {
        // Writing to a child that has just died must not end the server.
        signal(SIGPIPE, SIG_IGN)
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<settings.children { group.addTask { await self.supervise() } }
            }
        } onCancel: {
            close()
        }
        close()
    }

    /// Takes no more requests; those that wait are refused, those in work are finished.
    package func close() {
        for order in orders.close() { order.answer.resume(throwing: CancellationError()) }
    }

    private func next(_ pending: DarkroomOrder?) async -> DarkroomOrder? {
        if let pending { return pending }
        return await orders.next()
    }

    /// A child that cannot be started is not tried again at once.
    private func pause(_ failedStarts: Int) async {
        guard failedStarts > 0 else { return }
        try? await clock.sleep(settings.restartDelay * min(30, 1 << min(5, failedStarts - 1)))
    }

    /// One place for a child: starts one when there is work, and another when it is gone.
    private func supervise() async {
        var failedStarts = 0
        var pending: DarkroomOrder?
        while let order = await next(pending) {
            let child = DarkroomChild(settings: settings, orders: orders, meter: meter, logger: logger)
            let (end, late) = await child.live(first: order)
            pending = late
            guard case .lost(let fault) = end, !Task.isCancelled else {
                failedStarts = 0
                continue
            }
            Counter(label: "wayside.darkroom.losses", dimensions: [("reason", fault.word)]).increment()
            logger.warning("A darkroom child was lost", metadata: ["reason": "\(fault)"])
            failedStarts = fault == .cannotStart ? failedStarts + 1 : 0
            await pause(failedStarts)
        }
    }
}
