import CTurboJPEG
import DarkroomProtocol
import Domain
import Foundation

/// Makes every file that is served of one picture, from its redacted planes.
struct Developer {
    /// The file that the picture was decoded from; nil when the picture is a part of it, or another size.
    let source: (file: Data, structure: JPEGStructure)?
    let metadata: SafeMetadata
    /// Of the picture.
    let tags: PictureTags
    var frame: PictureFrame?
    /// Whether a colour profile of the file still describes the picture.
    let keepsProfile: Bool
    let draughtsman: Draughtsman
    let folder: OutputFolder

    private static let sdWidth = 2048
    private static let thumbWidth = 500
    private static let sdQuality = 80
    private static let thumbQuality = 75
    private static let tileQuality = 90
    /// Only for the rare file whose blocks cannot be replaced one by one.
    private static let wholeQuality = 95

    private var orientation: Orientation { Orientation(tags.orientation) }
    private var displayed: PixelSize {
        source.map { orientation.turned($0.structure.size) } ?? PixelSize(width: tags.width, height: tags.height)
    }

    /// `hidden`: what was redacted in `picture`, in stored pixels. Throws `Failure` when a file cannot be made.
    func develop(_ picture: borrowing PlanarPicture, hidden: [PixelRectangle]) throws -> [TreatmentReply.WrittenFile] {
        var files: [TreatmentReply.WrittenFile] = []
        if tags.type == .equirectangular { files = try tiles(picture) }
        let profile = keepsProfile ? metadata.icc() : []
        let sdSize = displayed.narrowed(to: Self.sdWidth)
        let sd = try picture.scaled(picture.size.whole, to: orientation.turned(sdSize)).upright(orientation)
        files.append(try thumb(sd, profile))
        _ = try draughtsman.draw(on: sd, as: .sd)
        files.append(try folder.write(sdFile(sd, profile), as: .sd, size: sdSize))
        files.append(try folder.write(hd(picture, hidden: hidden), as: .hd, size: displayed))
        return files
    }

    private func sdFile(_ sd: borrowing PlanarPicture, _ profile: [Data]) throws -> Data {
        let exif = metadata.exif(
            orientation: 1, width: sd.size.width, height: sd.size.height, isWhole: frame == nil)
        return try JPEGAssembler(exif: exif, icc: profile).assemble(encoded: sd.encoded(quality: Self.sdQuality))
    }

    /// A flat picture scaled down; of a panorama the middle, as a person standing there would look ahead.
    private func thumb(_ sd: borrowing PlanarPicture, _ profile: [Data]) throws -> TreatmentReply.WrittenFile {
        var area = sd.size.whole, target = sd.size.narrowed(to: Self.thumbWidth)
        if tags.type == .equirectangular {
            area = PixelRectangle(
                x: sd.size.width * 3 / 8, y: sd.size.height * 7 / 20, width: max(1, sd.size.width / 4),
                height: max(1, sd.size.height * 3 / 10))
            target = area.size.width < 250 ? area.size : PixelSize(width: Self.thumbWidth, height: 300)
        }
        let thumb = try sd.scaled(area, to: target)
        _ = try draughtsman.draw(on: thumb, as: .thumb)
        let data = try JPEGAssembler(icc: profile).assemble(encoded: thumb.encoded(quality: Self.thumbQuality))
        return try folder.write(data, as: .thumb, size: target)
    }

    /// By what a panorama was made smaller; nil for what is none.
    private var panoramaScale: Double? {
        guard let frame else { return 1 }
        return tags.type == .equirectangular ? Double(frame.width) / Double(frame.cropWidth) : nil
    }

    private func tiles(_ picture: borrowing PlanarPicture) throws -> [TreatmentReply.WrittenFile] {
        let grid = TileGrid(of: displayed)
        var files: [TreatmentReply.WrittenFile] = []
        for row in 0..<grid.rows {
            for column in 0..<grid.columns {
                let area = grid.area(column: column, row: row)
                guard !area.isEmpty else { throw Rejection(.invalidFile, "The panorama is too small to be shown.") }
                let data = try picture.encoded(area, orientation, quality: Self.tileQuality)
                files.append(try folder.write(data, as: .tile(column: column, row: row), size: area.size))
            }
        }
        return files
    }

    /// The camera's own coefficients wherever nothing was hidden, and metadata that shows nothing of the scene.
    private func hd(_ picture: borrowing PlanarPicture, hidden: [PixelRectangle]) throws -> Data {
        guard let (file, structure) = source else {
            let assembler = JPEGAssembler(
                exif: metadata.exif(orientation: 1, width: tags.width, height: tags.height, isWhole: frame == nil),
                xmp: metadata.xmp(panorama: panoramaScale), icc: keepsProfile ? metadata.icc() : [])
            return try assembler.assemble(encoded: picture.encoded(quality: Self.wholeQuality))
        }
        var assembler = JPEGAssembler(
            exif: metadata.exif(
                orientation: orientation.value, width: structure.size.width, height: structure.size.height),
            xmp: metadata.xmp(), icc: metadata.icc())
        if hidden.isEmpty, !structure.frame.isArithmetic {
            assembler.takeCoding(from: file, structure)
            return assembler.assemble(file, structure)
        }
        // A file may hold coefficients that no Huffman code is made for: then all of it is coded anew.
        if picture.isNative, let replaced = try? picture.replacing(hidden, in: file) {
            assembler.takeCoding(from: file, structure)
            return try assembler.assemble(encoded: replaced)
        }
        assembler.icc = keepsProfile ? assembler.icc : []
        return try assembler.assemble(encoded: picture.encoded(quality: Self.wholeQuality))
    }
}
