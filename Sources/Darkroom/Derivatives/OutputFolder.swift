import Crypto
import DarkroomProtocol
import Domain
import Foundation

/// The folder of one request that derivatives are written into.
struct OutputFolder {
    let url: URL

    /// Writes one file. Throws `.noSpace` or `.unavailable`.
    func write(_ data: Data, as kind: Derivative.Kind, size: PixelSize) throws -> TreatmentReply.WrittenFile {
        let name = Self.name(of: kind)
        let derivative = Derivative(
            kind: kind, width: size.width, height: size.height, size: Int64(data.count),
            sha256: try write(data, named: name))
        return TreatmentReply.WrittenFile(name: name, derivative: derivative)
    }

    /// Writes a copy that was asked for. Throws `.noSpace` or `.unavailable`.
    func write(_ data: Data, size: PixelSize) throws -> TreatmentReply.RenderedFile {
        let name = "rendition.jpg"
        return TreatmentReply.RenderedFile(
            name: name, width: size.width, height: size.height, size: Int64(data.count),
            sha256: try write(data, named: name))
    }

    /// The hash of what was written, lower-case hexadecimal.
    private func write(_ data: Data, named name: String) throws -> String {
        do {
            try data.write(to: url.appending(path: name))
        } catch {
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            throw isFull
                ? Failure(.noSpace, "There is no room for the picture's derivatives.", underlying: error)
                : Failure(.unavailable, "A derivative of the picture could not be written.", underlying: error)
        }
        return HexadecimalText.of(SHA256.hash(data: data))
    }

    private static func name(of kind: Derivative.Kind) -> String {
        switch kind {
        case .hd: "hd.jpg"
        case .sd: "sd.jpg"
        case .thumb: "thumb.jpg"
        case .tile(let column, let row): "tile_\(column)_\(row).jpg"
        }
    }
}
