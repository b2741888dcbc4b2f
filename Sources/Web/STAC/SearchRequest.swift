import Catalogue
import Domain
import Foundation

/// What an item search asks for, from a query or a JSON body (STAC API item search with its sort, fields, query and
/// filter extensions).
struct SearchRequest {
    static let largestPage = 1000
    static let parameters: Set<String> = [
        "bbox", "datetime", "ids", "collections", "limit", "intersects", "page", "sortby", "fields", "query", "filter",
        "filter-lang", "filter-crs", "place_position", "place_distance", "place_fov_tolerance",
    ]

    /// In the order in which links name them.
    private static let names = parameters.sorted()

    private(set) var query = PictureQuery()
    /// Pictures on a page.
    private(set) var limit = 10
    private(set) var page: String?
    /// Nil: all of an item.
    private(set) var fields: FieldSelection?
    /// Whether the client has said in which order.
    private(set) var isOrderChosen = false
    /// The parameters again, for the links to other pages.
    private(set) var echo = JSONObject()

    init(_ parameters: Query) throws {
        try setBox(parameters["bbox"].map { try BoundingBoxText.box($0) })
        try setTime(parameters["datetime"])
        setNames(ids: parameters.list("ids"), collections: parameters.list("collections"))
        if let text = parameters["limit"] {
            guard let value = Int(text) else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
            try setLimit(value)
        }
        if let text = parameters["intersects"] { try setArea(Self.parsed(text, "intersects")) }
        setOrder(try parameters["sortby"].flatMap { try SortRequest.order(text: $0) })
        fields = try parameters["fields"].map { try FieldSelection(text: $0) }
        try setFilter(
            FilterRequest(
                filter: parameters["filter"].map(JSON.string), language: parameters["filter-lang"],
                crs: parameters["filter-crs"]),
            query: parameters["query"].map { try Self.parsed($0, "query") })
        query.view = try PlaceRequest.view(
            position: parameters["place_position"].map(PlaceRequest.numbers),
            distance: parameters["place_distance"],
            tolerance: parameters["place_fov_tolerance"].map { Double($0) ?? .nan })
        page = parameters["page"]
        setUsualOrder()
        for name in Self.names where name != "page" {
            echo.add(name, parameters[name].map(JSON.string))
        }
    }

    init(body: JSON) throws {
        guard case .object(let object) = body else { throw Failure(.invalid, "The body is not a JSON object.") }
        for member in object.members where member.name == "fields" || member.value != .null {
            guard Self.parameters.contains(member.name) else {
                throw Failure(.invalid, "The field '\(member.name.prefix(80))' is not known here.")
            }
            if member.name != "page" { echo[member.name] = member.value }
        }
        let members = SearchBody(object)
        try setBox(try members.numbers("bbox").map { try BoundingBoxText.box($0) })
        try setTime(members.string("datetime"))
        setNames(ids: try members.strings("ids"), collections: try members.strings("collections"))
        if let value = members["limit"] {
            guard case .int(let limit) = value else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
            try setLimit(Int(limit))
        }
        // Earlier clients send the geometry as a string.
        if let value = members["intersects"] {
            if case .string(let text) = value {
                try setArea(Self.parsed(text, "intersects"))
            } else {
                try setArea(value)
            }
        }
        setOrder(try members["sortby"].flatMap { try SortRequest.order(json: $0) })
        fields = try object["fields"].map { try FieldSelection(json: $0) }
        try setFilter(
            FilterRequest(
                filter: members["filter"], language: members.string("filter-lang"),
                crs: members.string("filter-crs")), query: members["query"])
        query.view = try PlaceRequest.view(
            position: members.numbers("place_position"), distance: members.string("place_distance"),
            tolerance: members.numbers("place_fov_tolerance", isOne: true)?.first)
        page = try members.string("page")
        setUsualOrder()
    }

    /// Looks in one sequence only; in none, where others were asked for.
    mutating func restrict(to sequence: SequenceID) {
        query.sequences = query.sequences?.contains(sequence) == false ? [] : [sequence]
    }

    private static func parsed(_ text: String, _ name: String) throws -> JSON {
        guard let value = JSON(parsing: text) else { throw Failure(.invalid, "'\(name)' is not valid JSON.") }
        return value
    }

    private mutating func setBox(_ box: BoundingBox?) throws { query.box = box }

    private mutating func setTime(_ text: String?) throws {
        guard let text, !text.isEmpty else { return }
        (query.from, query.to) = try RFC3339.interval(text)
    }

    /// A name that is not a UUID is the name of nothing.
    private mutating func setNames(ids: [String]?, collections: [String]?) {
        query.ids = ids.map { $0.compactMap { PictureID($0) } }
        query.sequences = collections.map { $0.compactMap { SequenceID($0) } }
    }

    private mutating func setLimit(_ value: Int) throws {
        guard value >= 1 else { throw Failure(.invalid, "'limit' is a whole number from 1.") }
        limit = min(value, Self.largestPage)
    }

    private mutating func setArea(_ geometry: JSON) throws {
        guard query.box == nil else { throw Failure(.invalid, "Give 'bbox' or 'intersects', not both.") }
        query.area = try FilterGeometry.figure(geometry)
    }

    private mutating func setOrder(_ order: [PictureQuery.Order]?) {
        guard let order else { return }
        query.order = order
        isOrderChosen = true
    }

    /// Nearest first for who asks about a place, as Panoramax clients expect; else newest first.
    private mutating func setUsualOrder() {
        if !isOrderChosen, query.ids == nil, query.centre != nil { query.order = PictureQuery.nearestOrder }
    }

    private mutating func setFilter(_ request: FilterRequest, query: JSON?) throws {
        self.query.filter = FilterExpression.all(
            [try request.expression(), try query.flatMap { try QueryExtension.filter($0) }].compactMap(\.self))
    }
}
