/// A number or a truth value that some clients, and all forms, write as text.
struct Lenient<Value: Decodable & LosslessStringConvertible & Sendable>: Decodable, Sendable {
    let value: Value

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Value.self) {
            self.value = value
            return
        }
        guard let value = Value(try container.decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "neither the value nor its text"))
        }
        self.value = value
    }
}
