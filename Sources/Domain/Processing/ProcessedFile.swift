/// A kind of file of a picture, as legend and logo are chosen for it.
package enum ProcessedFile: String, Hashable, Sendable, Codable, CaseIterable {
    /// Everything is made of it: what is drawn on it is on all of them.
    case hd
    case sd, thumb
    /// Copies that routes send.
    case rendition
    case hotlink
}
