/// Which rows of a picture are searched, as parts of its height as displayed, 0 on top.
package struct SearchedRows: Hashable, Sendable, Codable {
    /// Above is sky (or a roof, or the edge of a windscreen).
    package var skyUntil: Double
    /// Below is the camera's own car.
    package var bonnetFrom: Double

    package init(skyUntil: Double = 0, bonnetFrom: Double = 1) {
        self.skyUntil = skyUntil
        self.bonnetFrom = bonnetFrom
    }

    /// The least that must be searched.
    private static let narrowest = 0.1

    /// Throws `.unprocessable` when the rows make no sense.
    package func check() throws {
        guard (0...1).contains(skyUntil), (0...1).contains(bonnetFrom) else {
            throw Self.refusal("Sky and bonnet end and begin between 0 (top) and 1 (bottom) of the picture.")
        }
        guard bonnetFrom - skyUntil >= Self.narrowest - 1e-9 else {
            throw Self.refusal("At least a tenth of the picture between sky and bonnet must be searched.")
        }
    }

    private static func refusal(_ message: String) -> Failure {
        Failure(.unprocessable, message, details: ["reason": "rows"])
    }
}
