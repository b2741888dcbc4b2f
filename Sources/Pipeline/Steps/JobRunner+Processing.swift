import Catalogue
import DarkroomProtocol
import Domain
import Foundation
import Storage

extension JobRunner {
    /// What is drawn on a picture by the rule of its label.
    func drawings(
        _ processing: FirstProcessing, on picture: Picture, of label: CameraLabel, in folder: String
    ) async throws -> Drawings {
        try await ProcessingOrders(catalogue: catalogue).drawings(processing, on: picture, of: label, in: folder)
    }

    /// What the picture will show once it is made anew: what it showed, unless it is to follow its label.
    func frameChange(of treatment: PictureTreatment, _ source: RedactionSource) async throws -> FrameChange {
        let picture = treatment.picture, record = try await catalogue.processing.frame(of: picture.id)
        guard let tags = picture.tags else {
            return FrameChange(before: record.frame, after: record.frame, settles: false, turns: record.turns)
        }
        let whole =
            record.frame.map { PictureFrame.whole(width: $0.sourceWidth, height: $0.sourceHeight) }
            ?? PictureFrame.whole(width: tags.width, height: tags.height)
        let turns = (record.turns + record.owedTurns) % 4
        if case .original = source, record.isOwed {
            let processing = try await catalogue.processing.rule(of: treatment.label.id)
            let ruled = try processing.frame(ofWidth: whole.width, height: whole.height, type: tags.type)
            let after = turns == 0 ? ruled : (ruled ?? whole).turned(by: turns)
            return FrameChange(before: record.frame, after: after, settles: true, turns: turns)
        }
        // Of what is served: only this picture is turned, whatever its label says by now.
        let after = record.owedTurns == 0 ? record.frame : (record.frame ?? whole).turned(by: record.owedTurns)
        return FrameChange(before: record.frame, after: after, settles: false, turns: turns)
    }
}

/// What is to be drawn on pictures.
struct ProcessingOrders: Sendable {
    let catalogue: Catalogue

    func drawings(on picture: Picture, in folder: String) async throws -> Drawings {
        guard let label = try await catalogue.labels.find(picture.labelID, viewer: .system) else {
            throw Failure.notFound("picture")
        }
        let processing = try await catalogue.processing.rule(of: label.id)
        return try await drawings(processing, on: picture, of: label, in: folder)
    }

    /// - Parameter folder: of one request; the logo is put there for the child.
    func drawings(
        _ processing: FirstProcessing, on picture: Picture, of label: CameraLabel, in folder: String
    ) async throws -> Drawings {
        var line: Drawings.Line?
        if let legend = processing.legend, let tags = picture.tags {
            line = .init(
                text: legend.line(label: label.name, tags: tags), corner: legend.corner, files: legend.files)
        }
        guard let place = processing.logo, let png = try await catalogue.processing.logo(of: label.id) else {
            return Drawings(line: line, logo: nil)
        }
        let path = "\(folder)/logo.png"
        try await BlockingWork.run {
            do {
                try png.write(to: URL(filePath: path))
            } catch {
                throw Failure(.unavailable, "The server could not give the logo to the darkroom.", underlying: error)
            }
        }
        return Drawings(line: line, logo: .init(path: path, place: place))
    }
}
