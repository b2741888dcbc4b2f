import Catalogue
import Domain
import Foundation

/// One vector tile: an overview grid, sequences as lines, pictures as points.
package struct VectorTile {
    let address: TileAddress
    let drawing: MapDrawing

    package init(address: TileAddress, drawing: MapDrawing) {
        self.address = address
        self.drawing = drawing
    }

    private static let gridZooms = 0...6
    static let sequenceZooms = 6...TileAddress.zooms.upperBound
    /// Pictures are points from the last of these on, and from an earlier one on for who asks.
    static let pictureZooms = 13...15
    /// Of more the newest of each cell are shown: these take some 350 kB.
    private static let mostPictures = 3000
    /// Bytes; a little is left for what stands around the layers. The lines get what the others leave.
    private static let largest = 495_000

    /// What is in a tile of that zoom.
    ///
    /// - Parameter pictures: the first zoom with pictures.
    static func layers(zoom: Int, pictures: Int = pictureZooms.upperBound) -> [MapTile.Layer] {
        var layers: [MapTile.Layer] = []
        if gridZooms.contains(zoom) { layers.append(.grid) }
        if sequenceZooms.contains(zoom) { layers.append(.sequences) }
        if zoom >= pictures { layers.append(.pictures(atMost: mostPictures)) }
        return layers
    }

    /// The encoded tile; empty when nothing is in it.
    package var bytes: [UInt8] {
        var tile = ProtobufWriter()
        let (grid, pictures) = (grid, pictures)
        let sequences = sequences(within: Self.largest - grid.size - pictures.size)
        for layer in [grid, sequences, pictures] where !layer.isEmpty { tile.field(3, layer.message) }
        return tile.bytes
    }

    private var grid: TileLayer {
        var layer = TileLayer(name: "grid")
        let most = Density(drawing.cells)
        // Cells are those of five zooms further in: 32 by 32 of them.
        let side = TileLayer.extent / 32
        for cell in drawing.cells {
            let x = Int32(cell.x - address.x << 5) * side
            let y = Int32(cell.y - address.y << 5) * side
            let corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
            let all = cell.flat + cell.equirectangular
            layer.add(
                ring: corners.map { TileLayer.Point(x: $0.0, y: $0.1) },
                [
                    ("id", .name("\(cell.x)_\(cell.y)")), ("nb_pictures", .int(all)),
                    ("nb_flat_pictures", .int(cell.flat)), ("nb_360_pictures", .int(cell.equirectangular)),
                    ("coef", .double(most.all(all))), ("coef_flat_pictures", .double(most.flat(cell.flat))),
                    ("coef_360_pictures", .double(most.equirectangular(cell.equirectangular))),
                ])
        }
        return layer
    }

    /// The longest lines first, as far as there is room: what is left out of a full tile lies mostly under others.
    private func sequences(within room: Int) -> TileLayer {
        var layer = TileLayer(name: "sequences")
        let clipper = LineClipper()
        let lines = drawing.sequences.map { TileLine($0, pieces: clipper.clip($0.line.map(address.point))) }
        for line in lines.sorted(by: TileLine.precedes) where layer.size + line.mostBytes <= room {
            let sequence = line.sequence
            layer.add(
                lines: line.pieces,
                [
                    ("id", .name(sequence.id.string)), ("account_id", .string(sequence.accountID.string)),
                    ("label_id", .string(sequence.labelID.string)),
                    ("date", .string(String(RFC3339.string(sequence.capturedFrom).prefix(10)))),
                    ("type", sequence.type.map { .string($0.rawValue) }), ("model", sequence.model.map { .string($0) }),
                ])
        }
        return layer
    }

    private var pictures: TileLayer {
        var layer = TileLayer(name: "pictures")
        for picture in drawing.pictures {
            let place = address.point(of: picture.point)
            let sequence = picture.sequenceID.string
            layer.add(
                point: TileLayer.Point(x: Int32(place.x.rounded(.down)), y: Int32(place.y.rounded(.down))),
                [
                    ("id", .name(picture.id.string)), ("ts", .name(RFC3339.string(picture.capturedAt))),
                    // Tenths of a degree: few values for many pictures keep a tile small.
                    ("heading", picture.heading.map { .double(($0 * 10).rounded() / 10) }),
                    ("account_id", .string(picture.accountID.string)),
                    ("label_id", .string(picture.labelID.string)), ("type", .string(picture.type.rawValue)),
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
