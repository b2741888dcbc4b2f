import Domain

extension PictureScope {
    /// What a row of `pictures p` must fulfil to be meant.
    var condition: SQLStatement {
        switch self {
        case .picture(let id): "p.id = \(id)"
        case .sequence(let id): "p.sequence_id = \(id)"
        case .label(let id): "p.label_id = \(id)"
        }
    }
}
