/// Whether a picture shows one direction or the whole sphere.
package enum PictureType: String, Codable, Sendable {
    case flat
    case equirectangular
}
