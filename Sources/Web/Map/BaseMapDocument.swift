/// What the pages' scripts are told of the base map; none of it for the one that comes with Wayside.
struct BaseMapDocument: Encodable, Sendable {
    let kind: String
    let address: String
    /// Who is to be named on the map, as the operator writes it.
    let credit: String?

    init?(_ map: BaseMap, credit: String?) {
        self.credit = credit
        switch map {
        case .naturalEarth: return nil
        case .tiles(let template): (kind, address) = ("tiles", template)
        case .style(let place): (kind, address) = ("style", Self.address(place))
        case .archive(let place): (kind, address) = ("archive", Self.address(place))
        }
    }

    private static func address(_ place: BaseMap.Place) -> String {
        switch place {
        case .address(let text): text
        case .file: BaseMapRoutes.path
        }
    }
}
