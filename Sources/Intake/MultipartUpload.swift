import Domain
import NIOCore
import Storage

/// One upload request as it is read: the form's fields, and its one file.
struct MultipartUpload {
    private var parser: MultipartParser
    private let announced: Int64?
    private let staging: StagingFolder
    private let maximumSize: Int64

    private(set) var form = UploadForm()
    private(set) var file: Reception?
    /// What the file part calls the file.
    private(set) var filename = ""
    private var received: Int64 = 0
    private var field: (name: String, value: ByteBuffer)?
    private var isInFile = false
    /// Bytes of the body before the file's content.
    private var overhead: Int64 = 0
    private let closingLength: Int64

    init(boundary: String, announced: Int64?, staging: StagingFolder, maximumSize: Int64) throws {
        parser = try MultipartParser(boundary: boundary)
        self.announced = announced
        self.staging = staging
        self.maximumSize = maximumSize
        closingLength = Int64(boundary.utf8.count + 8)
    }

    /// Takes the next bytes of the body; false when the rest need not be read.
    mutating func take(_ bytes: ByteBuffer) async throws -> Bool {
        received += Int64(bytes.readableBytes)
        if let announced, received > announced {
            throw Failure(.invalid, "The upload is longer than its Content-Length said.")
        }
        parser.append(bytes)
        while let event = try parser.next() {
            switch event {
            case .partBegan(let headers): try begin(headers, unread: parser.unreadBytes)
            case .data(let data): try await take(data: data)
            case .partEnded: try end()
            case .finished: break
            }
            if let file, file.isTooLarge { return false }
        }
        return true
    }

    /// Says that the body is over; throws `.invalid` when it is not whole.
    mutating func finish() async throws {
        if let announced, received != announced {
            throw Failure(
                .invalid, "The upload was cut off after \(received) of \(announced) bytes; send the file again.")
        }
        try parser.end()
        guard file != nil else {
            throw Failure(.invalid, "The form has no file: it needs a part named “file” with a file name.")
        }
        try await file?.finish()
    }

    /// Bytes of the file; of one that was not read to its end, what the announced length leaves for it.
    var fileSize: Int64 {
        guard let file else { return 0 }
        guard file.isTooLarge, let announced else { return file.size }
        return max(file.size, announced - overhead - closingLength)
    }

    mutating func discard() async { await file?.discard() }

    private mutating func begin(_ headers: PartHeaders, unread: Int) throws {
        guard headers.filename != nil || headers.name == "file" || headers.name == "picture" else {
            field = (headers.name, ByteBuffer())
            return
        }
        guard file == nil else { throw Failure(.invalid, "The form has more than one file; send one at a time.") }
        filename = headers.filename ?? ""
        isInFile = true
        overhead = received - Int64(unread)
        let name = form.path ?? filename
        let rejection = FileKind.rejection(of: name)
        file = Reception(
            name, staging: staging, maximumSize: maximumSize, expected: announced ?? 0, rejection: rejection)
    }

    private mutating func take(data: ByteBuffer) async throws {
        if isInFile {
            try await file?.take(data)
            return
        }
        field?.value.writeImmutableBuffer(data)
        guard field?.value.readableBytes ?? 0 <= UploadForm.maximumValue else {
            throw Failure(.invalid, "The field “\(field?.name.prefix(60) ?? "")” of the form is too long.")
        }
    }

    private mutating func end() throws {
        isInFile = false
        guard let field else { return }
        self.field = nil
        try form.take(field.name, field.value)
    }
}
