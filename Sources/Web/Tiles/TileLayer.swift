/// One layer of a vector tile (Mapbox Vector Tile specification 2.1, §4.1).
struct TileLayer {
    /// The value of an attribute.
    enum Value: Hashable {
        case string(String)
        /// A text that no other feature of the layer has: not looked for among the others.
        case name(String)
        case double(Double)
        case int(Int)
    }

    /// A point in tile units, y downwards.
    struct Point: Hashable {
        var x: Int32
        var y: Int32
    }

    static let extent: Int32 = 4096

    private enum Kind: UInt64 {
        case point = 1
        case line = 2
        case polygon = 3
    }

    let name: String
    private var features = ProtobufWriter()
    /// Kept between features, so that each needs no memory of its own.
    private var feature = ProtobufWriter()
    private var keys: [String: UInt32] = [:]
    private var keyOrder: [String] = []
    private var known: [Value: UInt32] = [:]
    private var values = ProtobufWriter()
    private var valueCount: UInt32 = 0

    init(name: String) { self.name = name }

    var isEmpty: Bool { features.bytes.isEmpty }

    /// Bytes of it, but for the names of attributes.
    var size: Int { features.bytes.count + values.bytes.count }

    mutating func add(point: Point, _ attributes: [(String, Value?)]) {
        let geometry = [Self.command(1, count: 1), zigzag(point.x), zigzag(point.y)]
        add(.point, geometry, attributes)
    }

    /// Several lines of one feature; each has two points or more.
    mutating func add(lines: [[Point]], _ attributes: [(String, Value?)]) {
        guard !lines.isEmpty else { return }
        var geometry: [UInt32] = []
        var pen = Point(x: 0, y: 0)
        for line in lines { Self.draw(line, from: &pen, into: &geometry) }
        add(.line, geometry, attributes)
    }

    /// One ring, clockwise on the screen, its first point not repeated.
    mutating func add(ring: [Point], _ attributes: [(String, Value?)]) {
        var geometry: [UInt32] = []
        var pen = Point(x: 0, y: 0)
        Self.draw(ring, from: &pen, into: &geometry)
        geometry.append(Self.command(7, count: 1))
        add(.polygon, geometry, attributes)
    }

    var message: [UInt8] {
        var layer = ProtobufWriter()
        layer.field(15, UInt64(2))
        layer.field(1, name)
        layer.append(features)
        for key in keyOrder { layer.field(3, key) }
        layer.append(values)
        layer.field(5, UInt64(Self.extent))
        return layer.bytes
    }

    private static func message(of value: Value) -> [UInt8] {
        var message = ProtobufWriter()
        switch value {
        case .string(let text), .name(let text): message.field(1, text)
        case .double(let number): message.field(3, number)
        case .int(let number): message.field(4, UInt64(bitPattern: Int64(number)))
        }
        return message.bytes
    }

    private static func command(_ id: UInt32, count: Int) -> UInt32 { UInt32(count) << 3 | id }

    /// MoveTo the first point, LineTo the others, each relative to the one before.
    private static func draw(_ points: [Point], from pen: inout Point, into geometry: inout [UInt32]) {
        for (index, point) in points.enumerated() {
            if index == 0 { geometry.append(command(1, count: 1)) }
            if index == 1 { geometry.append(command(2, count: points.count - 1)) }
            geometry.append(zigzag(point.x - pen.x))
            geometry.append(zigzag(point.y - pen.y))
            pen = point
        }
    }

    private mutating func add(_ kind: Kind, _ geometry: [UInt32], _ attributes: [(String, Value?)]) {
        var tags: [UInt32] = []
        for (key, value) in attributes {
            guard let value else { continue }
            tags.append(index(of: key))
            tags.append(index(of: value))
        }
        feature.removeAll()
        feature.field(2, packed: tags)
        feature.field(3, kind.rawValue)
        feature.field(4, packed: geometry)
        features.field(2, feature.bytes)
    }

    private mutating func index(of key: String) -> UInt32 {
        if let index = keys[key] { return index }
        let index = UInt32(keyOrder.count)
        keys[key] = index
        keyOrder.append(key)
        return index
    }

    private mutating func index(of value: Value) -> UInt32 {
        if let index = known[value] { return index }
        let index = valueCount
        valueCount += 1
        values.field(4, Self.message(of: value))
        if case .name = value { return index }
        known[value] = index
        return index
    }
}
