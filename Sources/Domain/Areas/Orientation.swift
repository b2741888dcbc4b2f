/// On which side of a line a point is: exact, so that a point on a line is never taken for one beside it.
enum Orientation {
    /// 1 when `c` is left of the line from `a` to `b` (in degrees as plane coordinates), −1 right of it, 0 on it.
    static func sign(_ a: GeoPoint, _ b: GeoPoint, _ c: GeoPoint) -> Int {
        let left = (a.longitude - c.longitude) * (b.latitude - c.latitude)
        let right = (a.latitude - c.latitude) * (b.longitude - c.longitude)
        // Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997: beyond this the rounded result has the sign.
        let doubt = 3.330_669_073_875_471_6e-16 * (left.magnitude + right.magnitude)
        let difference = left - right
        if difference.magnitude > doubt { return difference > 0 ? 1 : -1 }
        return exactSign(a, b, c)
    }

    /// The six products of the determinant, each as the two numbers that make it up exactly.
    private static func exactSign(_ a: GeoPoint, _ b: GeoPoint, _ c: GeoPoint) -> Int {
        let products = [
            (a.longitude, b.latitude), (-a.latitude, b.longitude), (b.longitude, c.latitude),
            (-b.latitude, c.longitude), (c.longitude, a.latitude), (-c.latitude, a.longitude),
        ]
        var sum: [Double] = []
        for (x, y) in products {
            let product = x * y
            add((-product).addingProduct(x, y), to: &sum)
            add(product, to: &sum)
        }
        // The parts do not overlap and grow: the last that is not zero outweighs all before it.
        guard let largest = sum.last(where: { $0 != 0 }) else { return 0 }
        return largest > 0 ? 1 : -1
    }

    /// Adds a number to a sum of parts without any rounding.
    private static func add(_ value: Double, to parts: inout [Double]) {
        var carry = value
        for index in parts.indices {
            let sum = carry + parts[index]
            let virtual = sum - carry
            parts[index] = (carry - (sum - virtual)) + (parts[index] - virtual)
            carry = sum
        }
        parts.append(carry)
    }
}
