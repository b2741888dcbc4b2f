import Catalogue
import Domain

/// A picture as a STAC item.
struct ItemDocument {
    let item: PictureItem
    let baseURL: String
    /// Where its files are.
    private let url: String
    private let tiles: TileMatrix?

    init(item: PictureItem, baseURL: String) {
        self.item = item
        self.baseURL = baseURL
        url = "\(baseURL)/api/pictures/\(item.picture.id)"
        tiles = TileMatrix(derivatives: item.picture.derivatives)
    }

    private var picture: Picture { item.picture }

    var json: JSON {
        var object = JSONObject()
        write(into: &object)
        return .object(object)
    }

    func write(into object: inout some JSONMembers) {
        object.add("type", "Feature")
        object.add("stac_version", "1.1.0")
        object.add("stac_extensions", extensions)
        object.add("id", .string(picture.id.string))
        object.add("collection", picture.sequenceID.map { .string($0.string) })
        if let point = picture.tags?.position {
            object.add("geometry", Self.point(point))
            let (longitude, latitude) = (JSON.double(point.longitude), JSON.double(point.latitude))
            object.add("bbox", [longitude, latitude, longitude, latitude])
        } else {
            object.add("geometry", .null)
        }
        object.add("properties") { ItemProperties(item: item, url: url, tiles: tiles).write(into: &$0) }
        object.add("providers", each: [item.producer]) { name, provider in
            provider.add("name", .string(name))
            provider.add("roles", ["producer"])
            provider.add("id", .string(picture.accountID.string))
        }
        object.add("links", each: links) { $0.write(into: &$1) }
        object.add("assets") { addAssets(to: &$0) }
        if tiles != nil { object.add("asset_templates", ["tiles": tileTemplate]) }
    }

    static func point(_ point: GeoPoint) -> JSON {
        ["type": "Point", "coordinates": [.double(point.longitude), .double(point.latitude)]]
    }

    private var extensions: JSON {
        var names: [JSON] = [
            "https://stac-extensions.github.io/file/v2.1.0/schema.json",
            "https://stac-extensions.github.io/perspective-imagery/v1.0.0/schema.json",
        ]
        if picture.heading != nil { names.append("https://stac-extensions.github.io/view/v1.1.0/schema.json") }
        if picture.status == .prepared {
            names.append("https://stac-extensions.github.io/processing/v1.2.0/schema.json")
        }
        if tiles != nil { names.append("https://stac-extensions.github.io/tiled-assets/v1.0.0/schema.json") }
        return .array(names)
    }

    private var links: [Link] {
        let api = "\(baseURL)/api"
        var links = [Link(rel: "root", href: api)]
        if let sequence = picture.sequenceID {
            let collection = "\(api)/collections/\(sequence)"
            links += [
                Link(rel: "self", href: "\(collection)/items/\(picture.id)", type: Link.geoJSON),
                Link(rel: "collection", href: collection), Link(rel: "parent", href: collection),
            ]
            if let previous = item.previous { links.append(neighbour("prev", previous, collection)) }
            if let next = item.next { links.append(neighbour("next", next, collection)) }
        } else {
            links.append(Link(rel: "self", href: url, type: Link.geoJSON))
        }
        links += item.related.map(related)
        links.append(Link(rel: "via", href: "\(baseURL)/#pic=\(picture.id)&focus=pic", type: "text/html"))
        return links
    }

    private func neighbour(_ rel: String, _ neighbour: PictureItem.Neighbour, _ collection: String) -> Link {
        Link(
            rel: rel, href: "\(collection)/items/\(neighbour.id)", type: Link.geoJSON,
            extra: ["id": .string(neighbour.id.string), "geometry": Self.point(neighbour.position)])
    }

    private func related(_ other: PictureItem.Related) -> Link {
        Link(
            rel: "related", href: "\(baseURL)/api/collections/\(other.sequenceID)/items/\(other.id)",
            type: Link.geoJSON,
            extra: [
                "id": .string(other.id.string), "geometry": Self.point(other.position),
                "datetime": .string(RFC3339.string(other.capturedAt)),
            ])
    }

    private func addAssets(to assets: inout some JSONMembers) {
        for derivative in picture.derivatives {
            switch derivative.kind {
            case .hd: add("hd", derivative, "HD picture", "Full size, redacted.", "data", to: &assets)
            case .sd: add("sd", derivative, "SD picture", "2048 pixels wide.", "visual", to: &assets)
            case .thumb: add("thumb", derivative, "Thumbnail", "500 pixels wide.", "thumbnail", to: &assets)
            case .tile: break
            }
        }
        if let raw = item.raw { add(raw, to: &assets) }
    }

    /// Only in the documents of those who may fetch it; the address asks who it is as every other does.
    private func add(_ raw: OriginalFile, to assets: inout some JSONMembers) {
        let isSealed = raw.stored.kind == .sealed
        let type = RawFormat(name: raw.originalName)?.mediaType ?? "application/octet-stream"
        assets.add("raw") { asset in
            asset.add("title", "Raw file")
            asset.add(
                "description",
                isSealed
                    ? "What the camera wrote, sealed: for the holder of the key." : "What the camera wrote, unredacted."
            )
            asset.add("roles", ["data"])
            asset.add("type", isSealed ? "application/octet-stream" : .string(type))
            asset.add("href", .string("\(url)/raw"))
            asset.add("file:size", .int(raw.stored.size))
            asset.add("file:checksum", .string("1220" + raw.stored.sha256))
        }
    }

    private func add(
        _ name: String, _ derivative: Derivative, _ title: String, _ description: String, _ role: String,
        to assets: inout some JSONMembers
    ) {
        assets.add(name) { asset in
            asset.add("title", .string(title))
            asset.add("description", .string(description))
            asset.add("roles", [.string(role)])
            asset.add("type", "image/jpeg")
            asset.add("href", .string("\(url)/\(name).jpg"))
            asset.add("file:size", .int(derivative.size))
            // A multihash (SHA2-256, 32 bytes).
            asset.add("file:checksum", .string("1220" + derivative.sha256))
            asset.add("width", .int(derivative.width))
            asset.add("height", .int(derivative.height))
        }
    }

    private var tileTemplate: JSON {
        [
            "title": "HD tiled picture", "description": "The panorama in tiles.", "roles": ["data"],
            "type": "image/jpeg", "href": .string("\(url)/tiled/{TileCol}_{TileRow}.jpg"),
        ]
    }
}
