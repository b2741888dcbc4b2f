import Foundation
import HTTPTypes

/// A `multipart/form-data` body, as clients make it.
struct Multipart {
    static let boundary = "----test-boundary-7d1"
    static let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]

    static func body(file: [UInt8], name: String, fields: [(String, String)] = []) -> [UInt8] {
        var text = ""
        for (field, value) in fields {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n"
        }
        text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        text += "Content-Type: image/jpeg\r\n\r\n"
        return Array(text.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}
