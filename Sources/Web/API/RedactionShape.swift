import Domain

/// A region as a client draws it: an outline, or a rectangle, in pixels of the picture as displayed.
struct RedactionShape: Decodable {
    let polygon: [[Double]]?
    /// `[x, y, width, height]`.
    let bbox: [Double]?

    /// The outline; throws `.unprocessable` with the rule that is broken.
    ///
    /// - Parameters:
    ///   - width: of the displayed picture, pixels.
    ///   - wraps: on a panorama, what runs over the right edge comes in again on the left.
    func outline(width: Int, height: Int, wraps: Bool) throws -> Polygon {
        let outline = try drawn()
        let bounds = outline.bounds, (width, height) = (Double(width), Double(height))
        guard bounds.width >= 1, bounds.height >= 1 else {
            throw Failure(.unprocessable, "The region is less than a pixel wide or high.")
        }
        if wraps {
            guard bounds.width <= width, bounds.left >= -width, bounds.right <= 2 * width else {
                throw Failure(.unprocessable, "The region lies outside the panorama, or goes around it more than once.")
            }
        }
        let parts =
            wraps
            ? outline.wrapped(width: width, height: height)
            : [outline.clipped(width: width, height: height)].compactMap { $0 }
        guard !parts.isEmpty else {
            throw Failure(
                .unprocessable, "The region lies outside the picture, which has \(Int(width)) × \(Int(height)) pixels.")
        }
        return outline
    }

    private func drawn() throws -> Polygon {
        switch (polygon, bbox) {
        case (let points?, nil):
            guard points.allSatisfy({ $0.count == 2 }) else {
                throw Failure(.unprocessable, "Each point of 'polygon' has two numbers, x and y.")
            }
            return try Polygon(points.map { Polygon.Point(x: $0[0], y: $0[1]) })
        case (nil, let box?):
            guard box.count == 4, box[2] > 0, box[3] > 0 else {
                throw Failure(.unprocessable, "'bbox' has four numbers: x, y, width and height, the last two above 0.")
            }
            let (right, bottom) = (box[0] + box[2], box[1] + box[3])
            return try Polygon([
                .init(x: box[0], y: box[1]), .init(x: right, y: box[1]), .init(x: right, y: bottom),
                .init(x: box[0], y: bottom),
            ])
        default:
            throw Failure(.unprocessable, "Say what to hide: either 'polygon' or 'bbox', in pixels of the picture.")
        }
    }
}
