/// What the tags say of the camera.
struct CameraTags: Sendable {
    let make: String?
    let model: String?
    let serialNumber: String?
    /// 1 to 8 (TIFF 6.0, tag 274).
    let orientation: Int
    /// Millimetres.
    let focalLength: Double?
    /// Millimetres, on a film of 36 × 24 mm.
    let filmFocalLength: Double?
}
