import Catalogue
import Domain
import Foundation

/// What a comparison has queued, waited for.
struct RouteRepair {
    let instance: Instance
    let route: Route

    private static let pause = Duration.milliseconds(500)

    /// Until the server has sent what a destination is owed by now.
    ///
    /// - Returns: false when some of it was given up.
    func wait(for place: RouteDestination) async throws -> Bool {
        let (number, start) = (place.number, Date.now)
        var said: String?
        while true {
            let left = try await instance.catalogue.outbox.left(of: route.id, number, queuedUntil: start)
            guard left.waiting > 0 else { return end(number, givenUp: left.parked) }
            let trouble = try await trouble(number, left.waiting)
            if trouble != said { Console.note("\(number)  \(trouble)") }
            said = trouble
            try await Task.sleep(for: Self.pause)
        }
    }

    private func trouble(_ number: Int, _ waiting: Int) async throws -> String {
        let state = try await instance.catalogue.destinations.states(of: route.id).first { $0.number == number }
        if let since = state?.downSince {
            return "down since \(RFC3339.string(since)): \(state?.lastError ?? "")"
        }
        if !route.isEnabled { return "the route is off: switch it on to have it sent" }
        if let window = route.window, !window.contains(.now) {
            return "waits for \(DeliveryWindow.text(window.from))"
        }
        return "waits for the server to send it"
    }

    private func end(_ number: Int, givenUp: Int) -> Bool {
        guard givenUp == 0 else {
            Console.note(
                "\(number)  \(Console.count(givenUp, "picture")) could not be sent; see “wayside route show”.")
            return false
        }
        Console.note("\(number)  What was queued is there.")
        return true
    }
}
