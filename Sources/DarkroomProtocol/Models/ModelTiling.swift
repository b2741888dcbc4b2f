/// How a picture is cut for a model that sees only part of it at once.
package struct ModelTiling: Hashable, Sendable, Codable {
    /// Width of what is looked at, pixels at the scale; its height is in proportion to the model's input.
    package let tile: Int
    /// Pixels at the scale that neighbours share at least.
    package let overlap: Int
    /// How much larger than the picture it is looked at: 1, 0.5 …
    package let scales: [Double]
    /// The part of the height that is looked at, from the top: lower and upper bound, 0–1.
    package let band: [Double]

    enum CodingKeys: String, CodingKey {
        case tile, overlap, scales, band
    }

    package init(tile: Int, overlap: Int = 64, scales: [Double] = [1], band: [Double] = [0, 1]) {
        self.tile = tile
        self.overlap = overlap
        self.scales = scales
        self.band = band
    }
}
