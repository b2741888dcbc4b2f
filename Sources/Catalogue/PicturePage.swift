import Domain

/// A page of a search.
package struct PicturePage: Sendable {
    package let items: [PictureItem]
    /// Where each of the items is in the order of the search.
    package let positions: [PictureQuery.Position]
}
