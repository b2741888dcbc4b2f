import Catalogue
import Domain
import Foundation

/// Draws one vector tile from the catalogue: an overview grid, sequences as lines, pictures as points.
struct VectorTile: Sendable {
    let address: TileAddress
    let catalogue: Catalogue
    let viewer: Viewer

    private static let gridZooms = 0...6
    private static let sequenceZooms = 6...15
    private static let pictureZooms = 13...15
    /// Above this many pictures the finer zooms have to be asked; the finest shows all.
    private static let mostPictures = 30_000
    private static let mostPicturesAtFinest = 200_000

    /// The encoded tile; empty when nothing is in it.
    func bytes() async throws -> [UInt8] {
        var tile = ProtobufWriter()
        for layer in try await layers() where !layer.isEmpty { tile.field(3, layer.message) }
        return tile.bytes
    }

    private func layers() async throws -> [TileLayer] {
        var layers: [TileLayer] = []
        if Self.gridZooms.contains(address.z) { layers.append(try await grid()) }
        if Self.sequenceZooms.contains(address.z) { layers.append(try await sequences()) }
        if Self.pictureZooms.contains(address.z) { layers.append(try await pictures()) }
        return layers
    }

    private func grid() async throws -> TileLayer {
        var layer = TileLayer(name: "grid")
        let cells = try await catalogue.map.grid(z: address.z, x: address.x, y: address.y, viewer: viewer)
        let most = Density(cells)
        // Cells are those of five zooms further in: 32 by 32 of them.
        let side = TileLayer.extent / 32
        for cell in cells {
            let x = Int32(cell.x - address.x << 5) * side
            let y = Int32(cell.y - address.y << 5) * side
            let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
            let all = cell.flat + cell.equirectangular
            layer.add(
                ring: corners.map { TileLayer.Point(x: $0.0, y: $0.1) },
                [
                    ("id", .string("\(cell.x)_\(cell.y)")), ("nb_pictures", .int(all)),
                    ("nb_flat_pictures", .int(cell.flat)), ("nb_360_pictures", .int(cell.equirectangular)),
                    ("coef", .double(most.all(all))), ("coef_flat_pictures", .double(most.flat(cell.flat))),
                    ("coef_360_pictures", .double(most.equirectangular(cell.equirectangular))),
                ])
        }
        return layer
    }

    private func sequences() async throws -> TileLayer {
        var layer = TileLayer(name: "sequences")
        let clipper = LineClipper()
        for sequence in try await catalogue.map.sequences(z: address.z, x: address.x, y: address.y, viewer: viewer) {
            let lines = clipper.clip(sequence.line.map(address.point))
            layer.add(
                lines: lines,
                [
                    ("id", .string(sequence.id.string)), ("account_id", .string(sequence.accountID.string)),
                    ("date", .string(String(RFC3339.string(sequence.capturedFrom).prefix(10)))),
                    ("type", sequence.type.map { .string($0.rawValue) }), ("model", sequence.model.map { .string($0) }),
                ])
        }
        return layer
    }

    private func pictures() async throws -> TileLayer {
        let isFinest = address.z == Self.pictureZooms.upperBound
        let limit = isFinest ? Self.mostPicturesAtFinest : Self.mostPictures
        let found = try await catalogue.map.pictures(
            z: address.z, x: address.x, y: address.y, limit: limit + 1, viewer: viewer)
        var layer = TileLayer(name: "pictures")
        guard isFinest || found.count <= limit else { return layer }
        for picture in found {
            let place = address.point(of: picture.position)
            let sequence = picture.sequenceID.string
            layer.add(
                point: TileLayer.Point(x: Int32(place.x.rounded(.down)), y: Int32(place.y.rounded(.down))),
                [
                    ("id", .string(picture.id.string)), ("ts", .string(RFC3339.string(picture.capturedAt))),
                    ("heading", picture.heading.map { .double(($0 * 100).rounded() / 100) }),
                    ("account_id", .string(picture.accountID.string)), ("type", .string(picture.type.rawValue)),
                    ("model", picture.model.map { .string($0) }),
                    // Editors read a JSON array in a string: tiles have no lists.
                    ("sequences", .string("[\"\(sequence)\"]")), ("first_sequence", .string(sequence)),
                ])
        }
        return layer
    }
}

/// How full cells are, from 0 to 1 on a logarithmic scale, beside the fullest of the tile.
private struct Density {
    private let mostAll: Int
    private let mostFlat: Int
    private let mostEquirectangular: Int

    init(_ cells: [MapCell]) {
        mostAll = cells.map { $0.flat + $0.equirectangular }.max() ?? 0
        mostFlat = cells.map(\.flat).max() ?? 0
        mostEquirectangular = cells.map(\.equirectangular).max() ?? 0
    }

    func all(_ count: Int) -> Double { Self.share(count, mostAll) }
    func flat(_ count: Int) -> Double { Self.share(count, mostFlat) }
    func equirectangular(_ count: Int) -> Double { Self.share(count, mostEquirectangular) }

    private static func share(_ count: Int, _ most: Int) -> Double {
        most > 0 ? log(1 + Double(count)) / log(1 + Double(most)) : 0
    }
}
