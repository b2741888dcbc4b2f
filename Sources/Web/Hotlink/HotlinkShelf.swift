import Catalogue
import Domain
import Foundation
import NIOCore
import Storage
import Synchronization

/// Copies of the newest pictures of hotlinks, in memory at the sizes they were asked for, so that a page that thousands look
/// at costs neither a darkroom nor the store. Who asks has to be told first which picture is to be shown now.
package final class HotlinkShelf: Sendable {
    /// A picture at a size, ready to be sent.
    package struct Copy: Sendable {
        package let bytes: ByteBuffer
        /// Lower-case hexadecimal, of the bytes.
        package let sha256: String
    }

    private struct Place: Hashable {
        let label: CameraLabelID
        let rendition: Rendition
    }

    private struct Slot {
        let turn = Turn()
        var shown: HotlinkView.Shown?
        var copy: Copy?
        /// Why there is none, and until when nobody tries again.
        var failure: (error: Failure, until: Date)?
        var used: UInt64 = 0
    }

    private struct State {
        var slots: [Place: Slot] = [:]
        var uses: UInt64 = 0
    }

    /// Bytes in memory, of all copies.
    private static let most = 64 << 20
    /// A picture that could not be copied is not tried at each request. Seconds.
    private static let pause: TimeInterval = 60

    /// Anybody may ask, and each who waits holds a connection: more are sent away at once.
    package static let mostWaiting = 64

    private let state = Mutex(State())
    private let clock: @Sendable () -> Date

    package init(clock: @escaping @Sendable () -> Date) { self.clock = clock }

    /// The copy that is here already.
    package func copy(_ rendition: Rendition, of shown: HotlinkView.Shown, on label: CameraLabelID) -> Copy? {
        state.withLock { state in
            let place = Place(label: label, rendition: rendition)
            guard let slot = state.slots[place], slot.shown == shown, let copy = slot.copy else { return nil }
            state.uses += 1
            state.slots[place]?.used = state.uses
            return copy
        }
    }

    /// The copy that is here, or that `load` brings: however many ask, one at a time loads it.
    ///
    /// - Throws: `.unavailable` at once when `mostWaiting` wait for it already, and what `load` throws.
    package func copy(
        _ rendition: Rendition, of shown: HotlinkView.Shown, on label: CameraLabelID,
        load: () async throws -> Copy
    ) async throws -> Copy {
        if let copy = copy(rendition, of: shown, on: label) { return copy }
        let place = Place(label: label, rendition: rendition)
        let turn = state.withLock { state in
            if let slot = state.slots[place] { return slot.turn }
            let slot = Slot()
            state.slots[place] = slot
            return slot.turn
        }
        try await turn.take(behindAtMost: Self.mostWaiting)
        defer { turn.giveBack() }
        if let copy = copy(rendition, of: shown, on: label) { return copy }
        if let failure = failure(at: place, of: shown) { throw failure }
        do {
            let copy = try await load()
            keep(copy, of: shown, at: place)
            return copy
        } catch let failure as Failure where failure.code != .notFound {
            let until = clock().addingTimeInterval(Self.pause)
            state.withLock { state in
                state.slots[place]?.shown = shown
                state.slots[place]?.copy = nil
                state.slots[place]?.failure = (failure, until)
            }
            throw failure
        }
    }

    /// Nothing of a label stays in memory that shows nothing now.
    package func clear(_ label: CameraLabelID) {
        state.withLock { state in
            for place in state.slots.keys where place.label == label {
                state.slots[place]?.shown = nil
                state.slots[place]?.copy = nil
            }
        }
    }

    private func failure(at place: Place, of shown: HotlinkView.Shown) -> Failure? {
        let now = clock()
        return state.withLock { state in
            guard let slot = state.slots[place], slot.shown == shown, let failure = slot.failure, now < failure.until
            else { return nil }
            return failure.error
        }
    }

    private func keep(_ copy: Copy, of shown: HotlinkView.Shown, at place: Place) {
        state.withLock { state in
            state.uses += 1
            state.slots[place]?.shown = shown
            state.slots[place]?.copy = copy
            state.slots[place]?.failure = nil
            state.slots[place]?.used = state.uses
            var held = state.slots.values.reduce(0) { $0 + ($1.copy?.bytes.readableBytes ?? 0) }
            for (old, slot) in state.slots.sorted(by: { $0.value.used < $1.value.used }) where held > Self.most {
                guard old != place, let bytes = slot.copy?.bytes.readableBytes else { continue }
                held -= bytes
                state.slots[old]?.copy = nil
            }
        }
    }
}
