/// A password that a person types once: 80 random bits in four groups, without letters that look alike.
enum OneTimePassword {
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let groups = (0..<4).map { _ in
            String((0..<4).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
        }
        return groups.joined(separator: "-")
    }
}
