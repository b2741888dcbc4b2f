import Catalogue
import DarkroomProtocol
import Domain
import Storage

/// Copies of pictures at sizes that somebody asks for, made by the darkroom from what may be shown.
///
/// One at a time: however many are asked for, a single one stands in the line of pictures in work.
package struct Renditions: Sendable {
    private let catalogue: Catalogue
    private let store: any ObjectStore
    private let pool: DarkroomPool
    private let folders: WorkingFolders
    private let scratch: ScratchFolder
    private let requests: RequestNumbers
    /// Nobody's until the children's folder is ready.
    private let turn = Turn(isTaken: true)

    init(
        catalogue: Catalogue, store: any ObjectStore, pool: DarkroomPool, folders: WorkingFolders,
        scratch: ScratchFolder, requests: RequestNumbers
    ) {
        self.catalogue = catalogue
        self.store = store
        self.pool = pool
        self.folders = folders
        self.scratch = scratch
        self.requests = requests
    }

    /// Lets the first go: the children's folder has been emptied of what an earlier run left.
    func open() { turn.giveBack() }

    /// The copy as a JPEG file of this machine, upright, with the plain tags of its picture. The file goes with the
    /// last reference to it.
    ///
    /// Asks for no rights: what it is made of may be shown to those who see the picture. Throws `.notFound` when the
    /// picture is not prepared or has another revision by now, `.unavailable` when the darkroom cannot make it now,
    /// `.unprocessable` when it never will, `CancellationError` when the server is stopping.
    ///
    /// - Parameter file: what it is for, as legend and logo are chosen.
    package func make(
        _ rendition: Rendition, of id: PictureID, revision: Int, for file: ProcessedFile = .rendition
    ) async throws -> TemporaryFile {
        try await turn.take()
        defer { turn.giveBack() }
        let picture = try await catalogue.pictures.find(id, viewer: .system)
        guard let picture, picture.status == .prepared, picture.revision == revision else {
            throw Failure.notFound("picture")
        }
        let folder = try await folders.make()
        do {
            let made = try await make(rendition, of: picture, for: file, in: folder)
            await folders.remove(folder)
            return made
        } catch {
            await folders.remove(folder)
            throw error
        }
    }

    private func make(
        _ rendition: Rendition, of picture: Picture, for file: ProcessedFile, in folder: String
    ) async throws -> TemporaryFile {
        let source = "\(folder)/hd.jpg", output = "\(folder)/made"
        try await store.copy(.derivative(picture.id, revision: picture.revision, .hd), toFileAt: source)
        try await folders.makeFolder(output)
        let drawings = try await ProcessingOrders(catalogue: catalogue).drawings(on: picture, in: folder)
        let request = TreatmentRequest(
            id: requests.next(), work: .render, source: source, outputFolder: output,
            policy: RedactionPolicy(preset: .none), maximumPixels: pool.settings.maximumPixels, tags: picture.tags,
            rendition: rendition, drawings: drawings, file: file)
        switch try await outcome(of: request) {
        case .rendered(let made): return try await take(made, from: output)
        case .failed(let message): throw Failure(.unavailable, message)
        case .rejected(let rejection): throw Failure(.unprocessable, rejection.message)
        case .inspected, .developed, .looked, .detected: throw Self.failure(.unintelligible)
        }
    }

    private func outcome(of request: TreatmentRequest) async throws -> TreatmentReply.Outcome {
        do {
            return try await pool.treat(request)
        } catch let fault as DarkroomFault {
            throw Self.failure(fault)
        }
    }

    /// What a child says it has made is believed only of a plain file of its own folder, of that size and hash.
    private func take(_ made: TreatmentReply.RenderedFile, from folder: String) async throws -> TemporaryFile {
        guard JobRunner.isPlain(made.name) else { throw Self.failure(.unintelligible) }
        let path = "\(folder)/\(made.name)"
        let file = try await BlockingWork.run { [scratch] in
            do {
                return try scratch.copy(of: path, size: made.size, sha256: made.sha256)
            } catch let failure as Failure where failure.code == .notFound {
                return nil
            }
        }
        guard let file else { throw Self.failure(.unintelligible) }
        return file
    }

    private static func failure(_ fault: DarkroomFault) -> Failure {
        Failure(fault.countsAgainstPicture ? .unprocessable : .unavailable, fault.message, underlying: fault)
    }
}
