/// Which part of the sphere an equirectangular picture shows (GPano, photo sphere XMP metadata).
struct PanoramaCrop: Sendable {
    let fullWidth: Int
    let width: Int
}
