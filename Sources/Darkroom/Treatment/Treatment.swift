import COpenCV
import DarkroomProtocol
import Domain
import Foundation

/// What happens to one picture: checked, read, searched, redacted, developed.
package final class Treatment {
    private let models: URL
    let tagReader: TagReader
    private let ownModels: URL?
    private let precision: Precision?
    let font: LegendFont?
    private var shelf: NetworkShelf?
    private var ownShelf: OwnModelShelf?
    private var redactor = Redactor()

    /// `models`, `tables`: folders that set-up filled; `ownModels`: the operator's. Models are loaded when first asked
    /// for. Without a `precision` the one that this processor is faster in is taken; without a `font` no legend is drawn.
    package init(
        models: URL, tables: URL, ownModels: URL? = nil, precision: Precision? = nil, font: LegendFont? = nil
    ) throws {
        self.models = models
        self.ownModels = ownModels
        self.precision = precision
        self.font = font
        tagReader = try TagReader(tablesFolder: tables.path(percentEncoded: false))
    }

    /// Never throws: whatever goes wrong is an outcome.
    package func outcome(of request: TreatmentRequest) -> TreatmentReply.Outcome {
        do {
            switch request.work {
            case .inspect: return .inspected(try read(request).tags)
            case .develop, .redact: return .developed(try develop(request))
            case .look: return .looked(try look(request))
            case .detect: return .detected(try detect(request))
            case .render: return .rendered(try render(request))
            }
        } catch let rejection as Rejection {
            return .rejected(rejection)
        } catch let failure as Failure {
            return .failed(failure.message)
        } catch {
            return .failed("The picture could not be treated.")
        }
    }

    private struct Reading {
        let file: Data
        let structure: JPEGStructure
        let tags: PictureTags
    }

    private func read(_ request: TreatmentRequest) throws -> Reading {
        let file = try SourceFile.jpeg(URL(filePath: request.source), maximumPixels: request.maximumPixels)
        let structure = try JPEGStructure(of: file, maximumPixels: request.maximumPixels)
        let tags =
            if request.work == .redact || request.work == .detect, let known = request.tags {
                known
            } else {
                try tagReader.read(
                    file, width: structure.size.width, height: structure.size.height,
                    clockZone: request.clockZone.flatMap(TimeZone.init(identifier:)), given: request.given)
            }
        return Reading(file: file, structure: structure, tags: tags)
    }

    private func develop(_ request: TreatmentRequest) throws -> TreatmentReply.Development {
        guard let outputFolder = request.outputFolder else {
            throw Failure(.internalError, "The request names no output folder.")
        }
        let reading = try read(request)
        let folder = OutputFolder(url: URL(filePath: outputFolder, directoryHint: .isDirectory))
        let draughtsman = try Draughtsman(request.drawings, font: font)
        let picture = try PlanarPicture(decoding: reading.file)
        // Before anything is cut off: of a face that an edge cuts, the rest would not be found any more.
        let found = try find(in: picture, reading, request)
        if let frame = Self.framing(of: reading.tags, request) {
            return try develop(picture, framedBy: frame, found, reading, request, draughtsman, folder)
        }
        let (redactions, findings) = try hide(found, in: picture, reading.tags, request)
        let developer = Developer(
            source: (reading.file, reading.structure), metadata: SafeMetadata(of: reading.file), tags: reading.tags,
            keepsProfile: picture.keepsProfile, draughtsman: draughtsman, folder: folder)
        let hidden = masks(redactions, picture, reading.tags).flatMap(\.areas)
        return TreatmentReply.Development(
            tags: reading.tags, redactions: redactions, findings: findings,
            files: try developer.develop(picture, hidden: hidden))
    }

    /// What is cut out of the file, or how it is turned; nil when it stays as it is.
    private static func framing(of tags: PictureTags, _ request: TreatmentRequest) -> PictureFrame? {
        guard request.work == .redact else { return request.frame }
        guard request.turns != 0 else { return nil }
        return PictureFrame.whole(width: tags.width, height: tags.height).turned(by: request.turns)
    }

    /// As a frame shows it: everything that is said of the picture is said of that.
    private func develop(
        _ whole: borrowing PlanarPicture, framedBy frame: PictureFrame, _ found: Found, _ reading: Reading,
        _ request: TreatmentRequest, _ draughtsman: Draughtsman, _ folder: OutputFolder
    ) throws -> TreatmentReply.Development {
        let picture = try whole.framed(frame, Orientation(reading.tags.orientation))
        let tags = frame.tags(of: reading.tags), framing = Framing(frame: frame)
        let seen = Found(candidates: framing.shown(found.candidates), own: framing.shown(found.own))
        let (redactions, findings) = try hide(seen, in: picture, tags, request)
        let drawn = try draughtsman.draw(on: picture, as: .hd)
        let developer = Developer(
            source: nil, metadata: SafeMetadata(of: reading.file), tags: tags, frame: frame,
            keepsProfile: whole.keepsProfile, draughtsman: draughtsman, folder: folder)
        return TreatmentReply.Development(
            tags: tags, redactions: redactions, findings: findings,
            files: try developer.develop(picture, hidden: drawn))
    }

    /// More pixels than in these, and what the networks hold is given back before the search and before the picture's files are
    /// made.
    private static let largePicture = 50_000_000

    /// Runs the models of the request and changes nothing.
    private func detect(_ request: TreatmentRequest) throws -> [ModelFindings] {
        let reading = try read(request)
        let picture = try PlanarPicture(decoding: reading.file)
        return try findings(of: request.models, picture, reading)
    }

    private func findings(
        of models: [ModelManifest], _ picture: borrowing PlanarPicture, _ reading: Reading
    ) throws -> [ModelFindings] {
        guard !models.isEmpty else { return [] }
        let search = OwnSearch(models: try ownNetworks()), orientation = Orientation(reading.tags.orientation)
        var findings: [ModelFindings] = []
        for model in models {
            findings.append(try search.findings(of: model, in: picture, orientation, reading.tags.type))
        }
        return findings
    }

    /// What models found on a picture, in pixels of it as displayed.
    private struct Found {
        var candidates: [Candidate] = []
        var own: [ModelFindings] = []
    }

    /// Searched before anything is hidden: of a face that a mask cuts, the rest would not be found any more.
    private func find(
        in picture: borrowing PlanarPicture, _ reading: Reading, _ request: TreatmentRequest
    ) throws -> Found {
        let orientation = Orientation(reading.tags.orientation)
        var policy = request.policy, candidates: [Candidate] = []
        // The rows are of the whole picture; of a part of it all is searched.
        if request.work == .redact, request.frame != nil { policy.rows = SearchedRows() }
        if policy.leavesVisible.count < 2 {
            forgetNetworks(for: picture.size)
            candidates = try Search(networks: networks()).findings(in: picture, orientation, reading.tags.type, policy)
            forgetNetworks(for: picture.size)
        }
        return Found(candidates: candidates, own: try findings(of: request.models, picture, reading))
    }

    /// Hides what must be hidden in the picture's planes; says what it was, as displayed, and what every model found.
    ///
    /// - Parameter tags: of this picture.
    private func hide(
        _ all: Found, in picture: borrowing PlanarPicture, _ tags: PictureTags, _ request: TreatmentRequest
    ) throws -> (redactions: [Redaction], findings: [ModelFindings]) {
        let orientation = Orientation(tags.orientation), (candidates, own) = (all.candidates, all.own)
        var policy = request.policy
        // Masks are drawn on the whole picture, as the camera sees it: they stay on what they hide.
        if let frame = request.frame { policy.masks = policy.masks.map { frame.shownParts($0) } }
        let plan = RedactionPlan(size: orientation.turned(picture.size), type: tags.type, policy: policy)
        let found = plan.redactions(of: candidates) + plan.redactions(of: own)
        // Last what people have drawn: it counts more than what any model found.
        let redactions =
            plan.masks + request.corrections.remaining(of: found)
            + plan.redactions(of: request.corrections.regions, as: .region, by: "person")
        for mask in masks(redactions, picture, tags) { try redactor.redact(mask, in: picture) }
        return (redactions, plan.findings(of: candidates) + own)
    }

    /// What of the stored picture each redaction covers.
    private func masks(
        _ redactions: [Redaction], _ picture: borrowing PlanarPicture, _ tags: PictureTags
    ) -> [BlockMask] {
        let orientation = Orientation(tags.orientation), size = picture.size
        let displayed = orientation.turned(size), block = picture.blockSize
        return redactions.map { redaction in
            if let polygon = redaction.polygon {
                return BlockMask(orientation.stored(polygon, displayed: displayed), in: size, block: block)
            }
            let area = PixelRectangle(
                x: redaction.x, y: redaction.y, width: redaction.width, height: redaction.height)
            return BlockMask(orientation.stored(area, displayed: displayed))
        }
    }

    func networks() throws -> NetworkShelf {
        if let shelf { return shelf }
        let opened = try NetworkShelf(folder: models, precision: precision)
        shelf = opened
        return opened
    }

    /// Around the search of a large picture: those of other cameras' tiles before, its own after it.
    func forgetNetworks(for size: PixelSize) {
        guard size.area > Self.largePicture else { return }
        shelf = nil
        ws_cv_release_memory()
    }

    private func ownNetworks() throws -> OwnModelShelf {
        if let ownShelf { return ownShelf }
        guard let ownModels else {
            throw Failure(.unavailable, "This darkroom was not told where the operator's models are.")
        }
        let opened = try OwnModelShelf(folder: ownModels)
        ownShelf = opened
        return opened
    }

    /// What `--check-model` says of one of the operator's models: whether it loads, runs and can be read.
    package func checkModel(manifest file: String) -> Finding {
        do {
            guard let ownModels, let data = try? Data(contentsOf: ownModels.appending(path: file)) else {
                throw Failure(.notFound, "The manifest \(file) cannot be read.")
            }
            let manifest = try ModelManifest(reading: data)
            return try ownNetworks().with(manifest) { network in
                let classes = network.manifest.classes.joined(separator: ", ")
                return Finding(
                    .good, "The model \(manifest.name) runs (\(manifest.use.rawValue); \(classes)).")
            }
        } catch {
            return Finding(.fault, Self.reason(error))
        }
    }

    /// What `--check` says: the models load and run on this machine.
    func check() -> [Finding] {
        do {
            let shelf = try networks()
            return DetectionModel.allCases.map { model in
                do {
                    try shelf.tryOut(model)
                    let subject = model.subject.rawValue
                    return Finding(.good, "The \(subject) model \(model.name) runs (\(shelf.precision.rawValue)).")
                } catch {
                    return Finding(.fault, Self.reason(error))
                }
            }
        } catch {
            return [Finding(.fault, Self.reason(error))]
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? Failure)?.message ?? "Detection cannot be used."
    }
}
