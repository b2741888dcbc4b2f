import Domain

/// Addresses of one picture.
struct ExportLinksOfPicture {
    let page: String
    let picture: String?
    let thumbnail: String?

    init(_ picture: Picture, baseURL: String) {
        page = "\(baseURL)/#pic=\(picture.id)"
        let file = { (kind: Derivative.Kind, name: String) in
            picture.derivatives.contains { $0.kind == kind } ? "\(baseURL)/api/pictures/\(picture.id)/\(name)" : nil
        }
        self.picture = file(.hd, "hd.jpg")
        thumbnail = file(.thumb, "thumb.jpg")
    }
}
