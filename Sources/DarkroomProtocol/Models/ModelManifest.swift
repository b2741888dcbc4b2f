import Domain
import Foundation

/// What an operator says of an ONNX model of their own: a JSON file beside it. See `Docs/own-models.md`.
package struct ModelManifest: Hashable, Sendable, Codable {
    package enum Use: String, Sendable, Codable, CaseIterable {
        /// Where a label's policy names a class of it, findings of that class are hidden.
        case blur
        /// Findings are noted, nothing is hidden.
        case metadata
    }

    /// How its numbers are read.
    package enum DecoderKind: String, Sendable, Codable, CaseIterable {
        case yolov5, yolov8, yolox, ssd, centernet, retinaface
    }

    /// What findings carry and commands are told.
    package let name: String
    /// The model, in the same folder.
    package let file: String
    /// Of the file, lower-case hexadecimal.
    package let sha256: String
    package let licence: String
    package let input: ModelInput
    package let decoder: DecoderKind
    /// In the order of the model's numbers.
    package let classes: [String]
    /// Findings below are none.
    package let score: Double
    /// Of two boxes of a class that overlap more than this part of their union, the surer one stays.
    package let nms: Double
    /// Nil: the whole picture at once.
    package let tiling: ModelTiling?
    package let use: Use

    enum CodingKeys: String, CodingKey {
        case name, file, sha256, licence, input, decoder, classes, score, nms, tiling, use
    }

    package init(
        name: String, file: String, sha256: String, licence: String, input: ModelInput, decoder: DecoderKind,
        classes: [String], score: Double = 0.25, nms: Double = 0.45, tiling: ModelTiling? = nil, use: Use
    ) {
        self.name = name
        self.file = file
        self.sha256 = sha256
        self.licence = licence
        self.input = input
        self.decoder = decoder
        self.classes = classes
        self.score = score
        self.nms = nms
        self.tiling = tiling
        self.use = use
    }
}
