import Domain
import Glibc
import NIOCore

/// Reads a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1) as it arrives: a pure state machine, bytes in, events
/// out, that never holds more than the last piece and one part's headers.
///
///     parser.append(bytes)
///     while let event = try parser.next() { … }   // until it needs more bytes
///     try parser.end()                             // once the body is over
package struct MultipartParser: Sendable {
    private enum State {
        case preamble
        /// Just behind a delimiter: `--`, or padding and the end of the line.
        case delimiter
        case headers
        case content
        case epilogue
    }

    private let limits: MultipartLimits
    /// CRLF, two hyphens, the boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    private var skipped = 0
    private var parts = 0
    private var buffer = ByteBuffer()

    /// - Parameter boundary: from the content type; 1–70 characters (RFC 2046 §5.1.1), else `.invalid` is thrown.
    package init(boundary: String, limits: MultipartLimits = MultipartLimits()) throws {
        let allowed = boundary.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        guard (1...70).contains(boundary.utf8.count), allowed, !boundary.hasSuffix(" ") else {
            throw Failure(.invalid, "The boundary of the form is not one that RFC 2046 allows.")
        }
        self.limits = limits
        delimiter = Array("\r\n--\(boundary)".utf8)
        // A body may start with its first delimiter right away: as if a line had ended before it.
        buffer.writeString("\r\n")
    }

    /// The boundary that a content type names; nil when it is not `multipart/form-data` or names none.
    package static func boundary(contentType: String) -> String? {
        let value = HeaderValue(contentType)
        return value.main == "multipart/form-data" ? value.parameters["boundary"] : nil
    }

    /// Bytes taken and not told of yet.
    package var unreadBytes: Int { buffer.readableBytes }

    /// Takes the next bytes of the body.
    package mutating func append(_ bytes: ByteBuffer) {
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next event; nil when more bytes are needed. Throws `.invalid` for a malformed body.
    package mutating func next() throws -> MultipartEvent? {
        while true {
            switch state {
            case .preamble:
                guard try skipPreamble() else { return nil }
            case .delimiter:
                guard let isLast = try readDelimiterEnd() else { return nil }
                state = isLast ? .epilogue : .headers
                if isLast { return .finished }
            case .headers:
                guard let headers = try readHeaders() else { return nil }
                state = .content
                return .partBegan(headers)
            case .content:
                return readContent()
            case .epilogue:
                buffer.clear()
                return nil
            }
        }
    }

    /// Says that the body is over; throws `.invalid` when it ended early.
    package func end() throws {
        guard case .epilogue = state else {
            throw Failure(.invalid, "The form ends before its closing boundary; the upload was cut off.")
        }
    }

    private mutating func skipPreamble() throws -> Bool {
        let match = search(for: delimiter)
        skipped += match.offset
        guard skipped <= limits.preambleBytes + 2 else {
            throw Failure(.invalid, "The form does not start with its boundary.")
        }
        buffer.moveReaderIndex(forwardBy: match.offset)
        guard match.isFound else { return false }
        passDelimiter()
        return true
    }

    private mutating func passDelimiter() {
        buffer.moveReaderIndex(forwardBy: delimiter.count)
        skipped = 0
        state = .delimiter
    }

    /// True for the closing delimiter; nil when more bytes are needed.
    private mutating func readDelimiterEnd() throws -> Bool? {
        while let byte = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self), byte == 0x20 || byte == 0x09 {
            buffer.moveReaderIndex(forwardBy: 1)
            skipped += 1
            guard skipped <= limits.preambleBytes else { throw Self.malformedDelimiter }
        }
        guard let pair = buffer.getBytes(at: buffer.readerIndex, length: 2) else { return nil }
        let isClosing = pair == Array("--".utf8) && skipped == 0
        guard isClosing || pair == Array("\r\n".utf8) else { throw Self.malformedDelimiter }
        buffer.moveReaderIndex(forwardBy: 2)
        return isClosing
    }

    private static let malformedDelimiter = Failure(
        .invalid, "A boundary of the form is followed by something else than the end of its line.")

    private mutating func readHeaders() throws -> PartHeaders? {
        let end = Array("\r\n\r\n".utf8)
        let isEmpty = buffer.getBytes(at: buffer.readerIndex, length: 2) == Array("\r\n".utf8)
        let match = isEmpty ? .found(0) : search(for: end)
        guard match.offset <= limits.headerBytes else {
            throw Failure(.invalid, "The headers of a part of the form are too long.")
        }
        guard match.isFound else { return nil }
        parts += 1
        guard parts <= limits.parts else { throw Failure(.invalid, "The form has too many parts.") }
        let bytes = buffer.readBytes(length: match.offset) ?? []
        buffer.moveReaderIndex(forwardBy: isEmpty ? 2 : end.count)
        return try PartHeaders(bytes)
    }

    private mutating func readContent() -> MultipartEvent? {
        let match = search(for: delimiter)
        if match.isFound, match.offset == 0 {
            passDelimiter()
            return .partEnded
        }
        guard match.offset > 0, let slice = buffer.readSlice(length: match.offset) else { return nil }
        return .data(slice)
    }

    /// Where the bytes stand that cannot be content any more.
    private enum Match {
        /// The needle starts at this offset.
        case found(Int)
        /// It may start at this offset (the end, when it cannot); what is before is content.
        case possible(Int)

        var offset: Int {
            switch self {
            case .found(let offset), .possible(let offset): offset
            }
        }

        var isFound: Bool { if case .found = self { true } else { false } }
    }

    /// Looks for `needle`, which starts with a CR, jumping from one CR to the next.
    private func search(for needle: [UInt8]) -> Match {
        buffer.withUnsafeReadableBytes { bytes in
            needle.withUnsafeBytes { wanted in
                guard let start = bytes.baseAddress, let pattern = wanted.baseAddress else { return .possible(0) }
                var offset = 0
                while let found = memchr(start + offset, 0x0D, bytes.count - offset) {
                    offset = UnsafeRawPointer(found) - start
                    let length = min(wanted.count, bytes.count - offset)
                    if memcmp(found, pattern, length) == 0 {
                        return length == wanted.count ? .found(offset) : .possible(offset)
                    }
                    offset += 1
                }
                return .possible(bytes.count)
            }
        }
    }
}
