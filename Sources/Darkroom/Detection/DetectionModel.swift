import Domain

/// A network that is shipped with Wayside, and how its numbers are read.
enum DetectionModel: String, CaseIterable {
    case face = "centerface"
    case plate = "plates"

    /// The name that findings carry; the file is `NAME.onnx`.
    var name: String { rawValue }

    var subject: Redaction.Subject {
        switch self {
        case .face: .face
        case .plate: .plate
        }
    }

    /// Whether the network was trained on R, G, B (else B, G, R).
    var takesRGB: Bool { self == .face }

    /// Subtracted from each channel.
    var means: (Float, Float, Float) {
        switch self {
        case .face: (0, 0, 0)
        case .plate: (104, 117, 123)
        }
    }

    /// Candidates below are not findings. The margin is added on each side, as a part of width and height.
    var threshold: Double { DetectionTuning.usual(subject).threshold }
    var margin: Double { DetectionTuning.usual(subject).margin }

    /// The longest side of a tile, pixels, a multiple of 32. Small face tiles stay in the processor's cache and need little
    /// memory; where half size is searched a tile is large so that it holds large faces whole.
    func longestTile(at level: SearchPass.Level) -> Int {
        switch (self, level) {
        case (.face, .whole), (.face, .double): 608
        case (.face, .threeFifths), (.face, .quarter): 640
        case (.face, _): 1088
        case (.plate, _): 1216
        }
    }

    /// What is read of it. The places of eyes and corners, which both networks have too, are not computed.
    var outputs: Set<String> {
        switch self {
        case .face: ["537", "538", "539"]
        case .plate: ["loc", "conf"]
        }
    }

    /// Candidates in pixels of the tile that the network has just seen.
    func candidates(from network: borrowing Network, threshold: Double) throws -> [Candidate] {
        switch self {
        case .face:
            return CenterFaceDecoder().boxes(
                heat: try network.output("537"), size: try network.output("538"), offset: try network.output("539"),
                threshold: Float(threshold))
        case .plate:
            return PlateDecoder().boxes(
                tile: network.size, boxes: try network.output("loc"), probabilities: try network.output("conf"),
                threshold: Float(threshold))
        }
    }
}
