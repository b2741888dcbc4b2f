/// What changing areas did to pictures.
package struct AreaEffect: Hashable, Sendable {
    /// Pictures that only their owner and administrators see from now on.
    package var hidden = 0
    /// Pictures that are seen again by those they are for.
    package var shown = 0

    package init(hidden: Int = 0, shown: Int = 0) {
        self.hidden = hidden
        self.shown = shown
    }
}
