/// A bucket of an S3 server, or what lies under a prefix in it. Its secret is `secret_key`.
package struct BucketPlace: Hashable, Sendable, Codable {
    /// `https://storage.example.org`.
    package let endpoint: String
    package let bucket: String
    package let region: String
    /// Without slashes at its ends; empty for none.
    package let prefix: String
    package let accessKey: String

    package init(endpoint: String, bucket: String, region: String = "us-east-1", prefix: String = "", accessKey: String)
    {
        self.endpoint = endpoint
        self.bucket = bucket
        self.region = region
        self.prefix = prefix
        self.accessKey = accessKey
    }

    private enum CodingKeys: String, CodingKey {
        case endpoint, bucket, region, prefix
        case accessKey = "access_key"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        endpoint = try container.decode(String.self, forKey: .endpoint)
        bucket = try container.decode(String.self, forKey: .bucket)
        region = try container.decodeIfPresent(String.self, forKey: .region) ?? "us-east-1"
        let text = try container.decodeIfPresent(String.self, forKey: .prefix) ?? ""
        prefix = text.split(separator: "/").joined(separator: "/")
        accessKey = try container.decode(String.self, forKey: .accessKey)
    }

    func validate(_ secrets: [String: String]) throws {
        guard secrets["secret_key"]?.isEmpty == false, !accessKey.isEmpty else {
            throw Route.refusal("A bucket needs an access key and its secret_key.", "destinations")
        }
        let parts = prefix.split(separator: "/")
        guard parts.allSatisfy({ !$0.hasPrefix(".") }), prefix.utf8.allSatisfy({ $0 >= 0x20 }) else {
            throw Route.refusal(
                "A prefix in a bucket has parts between slashes, none beginning with a dot.", "destinations")
        }
    }
}
