/// A way of telling: mail, a webhook.
package protocol AlertChannel: Sendable {
    /// Names it in the catalogue; stays the same.
    var name: String { get }
    /// Returns once the other side has taken it. Throws `Failure`, with a sentence for the operator.
    func send(_ message: AlertMessage) async throws
}
