/// Of a picture.
package enum Corner: String, Hashable, Sendable, Codable, CaseIterable {
    case topLeft = "top-left"
    case topRight = "top-right"
    case bottomLeft = "bottom-left"
    case bottomRight = "bottom-right"

    package var isRight: Bool { self == .topRight || self == .bottomRight }
    package var isBottom: Bool { self == .bottomLeft || self == .bottomRight }
}
