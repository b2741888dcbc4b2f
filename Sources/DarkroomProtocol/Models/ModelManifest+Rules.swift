import Domain
import Foundation

extension ModelManifest {
    /// Names that Wayside's own models have.
    package static let takenNames: Set<String> = ["centerface", "plates"]

    private static let sides = 16...4096
    private static let mostClasses = 1000
    private static let mostScales = 4

    /// Throws `.unprocessable` with the first rule that is broken.
    func check() throws {
        try rule(Self.isName(name), "“name” has 1 to 64 lower-case letters, digits, - _ or . and begins with a letter")
        try rule(!Self.takenNames.contains(name), "the name “\(name)” belongs to one of Wayside's own models")
        try rule(Self.isFileName(file), "“file” is the name of an .onnx file in the same folder")
        try rule(
            sha256.count == 64 && sha256.allSatisfy(\.isHexDigit),
            "“sha256” is 64 hexadecimal digits, as sha256sum prints")
        try rule(!licence.trimmingCharacters(in: .whitespaces).isEmpty, "“licence” says under which terms it is used")
        try rule((0.01...1).contains(score), "“score” lies between 0.01 and 1")
        try rule((0...1).contains(nms), "“nms” lies between 0 and 1")
        try checkClasses()
        try checkInput()
        if let tiling { try check(tiling) }
    }

    private func checkClasses() throws {
        try rule((1...Self.mostClasses).contains(classes.count), "“classes” names 1 to \(Self.mostClasses) classes")
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-_. "))
        for name in classes {
            let isGood = (1...64).contains(name.count) && name.unicodeScalars.allSatisfy(allowed.contains)
            try rule(isGood, "a class has 1 to 64 letters, digits, spaces and - _ . only")
        }
        try rule(Set(classes).count == classes.count, "“classes” names a class twice")
    }

    private func checkInput() throws {
        for side in [input.width, input.height] {
            try rule(
                Self.sides.contains(side),
                "“input.width” and “input.height” lie between \(Self.sides.lowerBound) and \(Self.sides.upperBound)")
        }
        try rule(input.scale.isFinite && input.scale > 0, "“input.scale” is more than 0")
        try rule(
            input.mean.count == 3 && input.mean.allSatisfy(\.isFinite), "“input.mean” has three numbers")
        try rule(
            input.std.count == 3 && input.std.allSatisfy { $0.isFinite && $0 > 0 },
            "“input.std” has three numbers above 0")
    }

    private func check(_ tiling: ModelTiling) throws {
        try rule((32...8192).contains(tiling.tile), "“tiling.tile” lies between 32 and 8192")
        try rule(
            tiling.overlap >= 0 && tiling.overlap * 2 <= tiling.tile, "“tiling.overlap” is at most half of the tile")
        try rule(
            (1...Self.mostScales).contains(tiling.scales.count)
                && tiling.scales.allSatisfy { (0.05...2).contains($0) },
            "“tiling.scales” has 1 to \(Self.mostScales) numbers between 0.05 and 2")
        let isBand = tiling.band.count == 2 && tiling.band[0] >= 0 && tiling.band[1] <= 1
        try rule(
            isBand && tiling.band[0] < tiling.band[1],
            "“tiling.band” has two numbers, 0 ≤ upper edge < lower edge ≤ 1")
    }

    private func rule(_ holds: Bool, _ rule: String) throws {
        guard holds else { throw Failure(.unprocessable, "The manifest is refused: \(rule).") }
    }

    package static func isName(_ text: String) -> Bool {
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z"), digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return letters.contains(first)
            && text.utf8.allSatisfy { letters.contains($0) || digits.contains($0) || "-_.".utf8.contains($0) }
    }

    private static func isFileName(_ text: String) -> Bool {
        text.hasSuffix(".onnx") && text.utf8.count <= 200 && !text.hasPrefix(".") && !text.contains("/")
            && !text.utf8.contains(0)
    }
}
