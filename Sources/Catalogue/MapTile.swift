import Domain

/// What a vector tile is wanted of.
package struct MapTile: Hashable, Sendable {
    /// Only pictures of this account, or of this camera label; nil: of any. What the viewer may see holds all the same.
    package struct Choice: Hashable, Sendable {
        package var account: AccountID?
        package var label: CameraLabelID?

        package init(account: AccountID? = nil, label: CameraLabelID? = nil) {
            self.account = account
            self.label = label
        }
    }

    package enum Layer: Hashable, Sendable {
        /// Numbers of pictures in cells of zoom `z + 5`.
        case grid
        case sequences
        /// At most so many: where there are more, the newest of each cell.
        case pictures(atMost: Int)
    }

    package let z: Int
    package let x: Int
    package let y: Int
    package let choice: Choice
    package let layers: [Layer]

    package init(z: Int, x: Int, y: Int, choice: Choice = Choice(), layers: [Layer]) {
        self.z = z
        self.x = x
        self.y = y
        self.choice = choice
        self.layers = layers
    }
}
