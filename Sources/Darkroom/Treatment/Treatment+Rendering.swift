import DarkroomProtocol
import Domain
import Foundation

extension Treatment {
    private static let renditionQuality = 85

    /// A copy of a redacted file at another size: upright, with the plain tags of place, time and camera.
    func render(_ request: TreatmentRequest) throws -> TreatmentReply.RenderedFile {
        guard let outputFolder = request.outputFolder, let rendition = request.rendition else {
            throw Failure(.internalError, "The request names no output folder, or no size.")
        }
        let file = try SourceFile.read(URL(filePath: request.source))
        _ = try JPEGStructure(of: file, maximumPixels: request.maximumPixels)
        let metadata = SafeMetadata(of: file), picture = try PlanarPicture(decoding: file)
        let orientation = Orientation(request.tags?.orientation ?? 1)
        let displayed = orientation.turned(picture.size)
        let (width, height) = rendition.size(ofWidth: displayed.width, height: displayed.height)
        let target = PixelSize(width: width, height: height)
        let scaled = try picture.scaled(picture.size.whole, to: orientation.turned(target)).upright(orientation)
        let draughtsman = try Draughtsman(request.drawings, font: font)
        _ = try draughtsman.draw(on: scaled, as: request.file)
        let assembler = JPEGAssembler(
            exif: metadata.exif(orientation: 1, width: width, height: height),
            icc: picture.keepsProfile ? metadata.icc() : [])
        let data = try assembler.assemble(encoded: scaled.encoded(quality: Self.renditionQuality))
        let folder = OutputFolder(url: URL(filePath: outputFolder, directoryHint: .isDirectory))
        return try folder.write(data, size: target)
    }
}
