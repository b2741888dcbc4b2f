/// The arithmetic that networks compute in.
package enum Precision: String, CaseIterable, Sendable {
    /// 16-bit floats with the range of 32-bit ones.
    case bf16
    case f32
}
