/// The picture that a model wants: its size and how its numbers are made from 8-bit samples.
package struct ModelInput: Hashable, Sendable, Codable {
    package enum Layout: String, Sendable, Codable, CaseIterable {
        case planar = "NCHW"
        case interleaved = "NHWC"
    }

    package enum Colour: String, Sendable, Codable, CaseIterable {
        case rgb = "RGB"
        case bgr = "BGR"
    }

    /// How what is looked at comes to that size.
    package enum Fit: String, Sendable, Codable, CaseIterable {
        /// In proportion, from the top left, the rest grey.
        case letterbox
        /// Out of proportion.
        case stretch
    }

    /// Pixels.
    package let width: Int
    package let height: Int
    package let layout: Layout
    package let colour: Colour
    /// A sample (0–255) becomes (sample × scale − mean) / std, each for its channel in the model's order.
    package let scale: Double
    package let mean: [Double]
    package let std: [Double]
    package let fit: Fit

    enum CodingKeys: String, CodingKey {
        case width, height, layout, colour, scale, mean, std, fit
    }

    package init(
        width: Int, height: Int, layout: Layout = .planar, colour: Colour = .rgb, scale: Double = 1 / 255,
        mean: [Double] = [0, 0, 0], std: [Double] = [1, 1, 1], fit: Fit = .letterbox
    ) {
        self.width = width
        self.height = height
        self.layout = layout
        self.colour = colour
        self.scale = scale
        self.mean = mean
        self.std = std
        self.fit = fit
    }
}
