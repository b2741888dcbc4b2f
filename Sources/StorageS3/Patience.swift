/// How long the store is waited for, and how often and after what waits a request that has failed is sent again.
package struct Patience: Sendable {
    /// All in all.
    package var attempts: Int
    /// The first wait is anything up to this; each further one anything up to twice as long.
    package var base: Duration
    package var longest: Duration
    /// For a connection to be made.
    package var connecting: Duration
    /// Without a byte in either direction.
    package var silence: Duration

    package init(
        attempts: Int = 6, base: Duration = .milliseconds(100), longest: Duration = .seconds(5),
        connecting: Duration = .seconds(5), silence: Duration = .seconds(15)
    ) {
        self.attempts = attempts
        self.base = base
        self.longest = longest
        self.connecting = connecting
        self.silence = silence
    }

    /// Random through and through ("full jitter"), so that those who failed together do not come back together.
    func wait(after attempt: Int) -> Duration {
        min(longest, base * (1 << min(attempt - 1, 16))) * Double.random(in: 0...1)
    }
}
