import Domain
import Foundation

extension ModelManifest {
    /// Reads a manifest's JSON. Throws `.unprocessable` with one sentence that says what is wrong with it.
    package init(reading data: Data) throws {
        try ManifestMembers.check(data)
        do {
            self = try JSONDecoder().decode(ModelManifest.self, from: data)
        } catch let error as DecodingError {
            throw Failure(.unprocessable, "The manifest cannot be read: \(Self.sentence(error)).")
        }
        try check()
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name), file: try values.decode(String.self, forKey: .file),
            sha256: try values.decode(String.self, forKey: .sha256).lowercased(),
            licence: try values.decode(String.self, forKey: .licence),
            input: try values.decode(ModelInput.self, forKey: .input),
            decoder: try values.decode(DecoderKind.self, forKey: .decoder),
            classes: try values.decode([String].self, forKey: .classes),
            score: try values.decodeIfPresent(Double.self, forKey: .score) ?? 0.25,
            nms: try values.decodeIfPresent(Double.self, forKey: .nms) ?? 0.45,
            tiling: try values.decodeIfPresent(ModelTiling.self, forKey: .tiling),
            use: try values.decode(Use.self, forKey: .use))
    }

    private static func sentence(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "“\(path(context.codingPath + [key]))” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "“\(path(context.codingPath))” has the wrong type"
        case .dataCorrupted(let context): corrupted(context)
        @unknown default: "it is not as expected"
        }
    }

    private static func corrupted(_ context: DecodingError.Context) -> String {
        guard let key = context.codingPath.last?.stringValue else { return "it is not JSON" }
        let words: [String]? =
            switch key {
            case "decoder": DecoderKind.allCases.map(\.rawValue)
            case "use": Use.allCases.map(\.rawValue)
            case "layout": ModelInput.Layout.allCases.map(\.rawValue)
            case "colour": ModelInput.Colour.allCases.map(\.rawValue)
            case "fit": ModelInput.Fit.allCases.map(\.rawValue)
            default: nil
            }
        let allowed = words.map { "is one of \($0.joined(separator: ", "))" } ?? "has a wrong value"
        return "“\(path(context.codingPath))” \(allowed)"
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: ".")
    }
}

extension ModelInput {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            width: try values.decode(Int.self, forKey: .width), height: try values.decode(Int.self, forKey: .height),
            layout: try values.decodeIfPresent(Layout.self, forKey: .layout) ?? .planar,
            colour: try values.decodeIfPresent(Colour.self, forKey: .colour) ?? .rgb,
            scale: try values.decodeIfPresent(Double.self, forKey: .scale) ?? 1 / 255,
            mean: try values.decodeIfPresent([Double].self, forKey: .mean) ?? [0, 0, 0],
            std: try values.decodeIfPresent([Double].self, forKey: .std) ?? [1, 1, 1],
            fit: try values.decodeIfPresent(Fit.self, forKey: .fit) ?? .letterbox)
    }
}

extension ModelTiling {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            tile: try values.decode(Int.self, forKey: .tile),
            overlap: try values.decodeIfPresent(Int.self, forKey: .overlap) ?? 64,
            scales: try values.decodeIfPresent([Double].self, forKey: .scales) ?? [1],
            band: try values.decodeIfPresent([Double].self, forKey: .band) ?? [0, 1])
    }
}
